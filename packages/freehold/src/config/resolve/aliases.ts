import type { Binding } from "../../app/binding.ts";
import type { ExistingSecret } from "../../app/existing-secret.ts";
import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import type { Written } from "./variables.ts";

/** What the variables of a service are, those apart that are aliases. */
export interface Known {
  readonly variables: Readonly<Record<string, string>>;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly existingSecrets: Readonly<Record<string, ExistingSecret>>;
  readonly secrets: readonly string[];
}

export interface Meant extends Omit<Known, "secrets"> {
  /** Names that have what `FREEHOLD_URL` has, which AWS alone knows. */
  readonly ownUrls: readonly string[];
}

/** Each alias with the value of the variable it names, through others where it names one. */
export function followAliases(
  aliases: ReadonlyMap<string, Written>,
  known: Known,
  findings: Findings,
): Meant {
  const variables: Record<string, string> = {};
  const bindings: Record<string, Binding> = {};
  const existingSecrets: Record<string, ExistingSecret> = {};
  const ownUrls: string[] = [];
  for (const [name, written] of aliases) {
    if (known.secrets.includes(name)) continue;
    const target = targetOf(name, aliases);
    const value = known.variables[target];
    const binding = known.bindings[target];
    const existing = known.existingSecrets[target];
    if (existing !== undefined) existingSecrets[name] = existing;
    else if (binding !== undefined) bindings[name] = binding;
    else if (value !== undefined) variables[name] = value;
    else if (target === "FREEHOLD_URL") ownUrls.push(name);
    else report(name, target, written, known, findings);
  }
  return { variables, bindings, existingSecrets, ownUrls: ownUrls.sort() };
}

/** The first name on the way that is no alias; the alias itself where the way goes round. */
function targetOf(name: string, aliases: ReadonlyMap<string, Written>): string {
  const seen = new Set([name]);
  let target = aliases.get(name)?.value ?? name;
  while (aliases.has(target)) {
    if (seen.has(target)) return name;
    seen.add(target);
    target = aliases.get(target)?.value ?? target;
  }
  return target;
}

function report(
  name: string,
  target: string,
  { value, subject, place }: Written,
  known: Known,
  findings: Findings,
): void {
  const said = mistake(name, target, value, known);
  findings.problem({ code: "alias", subject, ...said, place });
}

function mistake(name: string, target: string, value: string, { variables, bindings, secrets }: Known) {
  if (secrets.includes(target)) {
    const message = `\`${target}\` is a secret, and an alias of one is not built yet`;
    return { message, hint: `list \`${name}\` as a secret too` };
  }
  if (target === name)
    return { message: `goes round: \`${name}\` has its own value`, hint: "name another variable" };
  const names = [...Object.keys(variables), ...Object.keys(bindings), "FREEHOLD_URL"];
  return { message: `\`${value}\` is no variable of this service`, hint: hintFor(value, names) };
}
