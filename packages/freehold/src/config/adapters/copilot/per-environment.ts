import { partAt, type Section, type Tree } from "../../yaml/tree.ts";
import { environment } from "./environment-keys.ts";
import { type Becomes, mapped, type Write, without } from "./treatment.ts";

/** What may differ from one environment to another: settings under `x-freehold`, the size of a task, and variables. */
function inEnvironment({ path, value }: Write, name: string): Write | undefined {
  const [top, second = "", third, ...rest] = path;
  if (top === "services" && third === "x-freehold")
    return { path: environment(name, "services", second, ...rest), value };
  if (top === "services" && third === "deploy" && rest.length === 3)
    return { path: environment(name, "services", second, ...rest.slice(2)), value };
  if (top === "services" && third === "environment")
    return { path: environment(name, "services", second, "variables", ...rest), value };
  if (top === "x-freehold" && second === "resources" && third !== undefined)
    return { path: environment(name, "resources", third, ...rest), value };
  return undefined;
}

/** The fate of a key under `environments.<name>` of a manifest, given what it becomes of the manifest itself. */
export function overridden(becomes: Becomes, name: string, base: Section): Becomes {
  if (becomes.outcome !== "mapped") return becomes;
  const moved = becomes.writes.map((one) => inEnvironment(lengthened(one, base), name));
  const stuck = becomes.writes.find((_, index) => moved[index] === undefined);
  if (stuck !== undefined) return fixed(stuck);
  return mapped(
    moved.filter((one) => one !== undefined),
    becomes.message,
  );
}

function fixed({ path }: Write): Becomes {
  return without(
    `\`${path.slice(2).join(".")}\` is the same in every environment; settings under \`x-freehold\`, sizes and variables may differ`,
  );
}

const accumulating: ReadonlySet<string> = new Set(["uses", "secrets"]);

/** A list in an override replaces the service's own, so it begins with that. */
function lengthened({ path, value }: Write, base: Section): Write {
  const own = accumulating.has(path.at(-1) ?? "") ? partAt(base, path) : undefined;
  if (own?.kind !== "list" || value.kind !== "list") return { path, value };
  return { path, value: { ...value, items: [...own.items, ...value.items] } };
}

const variable = /\\?\$\{COPILOT_ENVIRONMENT_NAME\}/;

export function namesEnvironment(tree: Tree): boolean {
  if (tree.kind === "scalar") return typeof tree.value === "string" && variable.test(tree.value);
  const parts = tree.kind === "list" ? tree.items : [...tree.entries.values()].map(({ value }) => value);
  return parts.some(namesEnvironment);
}

/** A write of the manifest whose value names the environment is a write of each environment. */
export function spread(
  one: Write,
  environments: readonly string[],
  base: Section,
): readonly (readonly [string, Write])[] | undefined {
  const all = environments.map((name) => {
    const moved = inEnvironment(lengthened(one, base), name);
    return moved === undefined ? undefined : ([name, moved] as const);
  });
  return all.some((write) => write === undefined) ? undefined : all.filter((write) => write !== undefined);
}
