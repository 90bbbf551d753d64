import type { Binding } from "../../app/binding.ts";
import type { Place } from "../../errors.ts";
import type { Context } from "./context.ts";
import { exampleUrl } from "./home.ts";
import type { DatabaseDraft } from "./managed.ts";

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly subject: string;
  readonly place: Place;
}

/** What the service's other variables say. */
interface Beside {
  /** Resources they are bound to. */
  readonly named: ReadonlySet<string>;
  /** Their values: a role of this name is the one that is meant. */
  readonly values: ReadonlySet<string>;
}

/**
 * Binding 3: the password of a database's container at home stands for the real one. Where several containers have it, that of
 * the database which the service names elsewhere is meant; where several roles of one have it, the one it names, or the first.
 */
export function bindCredential(variable: Variable, beside: Beside, context: Context): Binding | undefined {
  if (!/(?:PASSWORD|PASSWD|PASS|PWD)$/i.test(variable.name)) return undefined;
  const all = [...context.databases.values()].filter((one) => rolesWith(variable.value, one).length > 0);
  const meant = all.length > 1 ? all.filter(({ name }) => beside.named.has(name)) : all;
  const [only] = meant;
  if (only !== undefined && meant.length === 1) {
    const roles = rolesWith(variable.value, only);
    const role = roles.find((one) => beside.values.has(one)) ?? roles[0] ?? "";
    return { kind: "attribute", resource: only.name, attribute: "password", role };
  }
  if (all.length > 1) reportAmbiguous(variable, all, context);
  return undefined;
}

function rolesWith(password: string, { home }: DatabaseDraft): readonly string[] {
  return home.credentials.filter((one) => one.password === password).map(({ role }) => role);
}

function reportAmbiguous(
  { subject, place }: Variable,
  databases: readonly DatabaseDraft[],
  { findings }: Context,
): void {
  const names = databases.map(({ name }) => `\`${name}\``).join(" and ");
  const message = `is the password of ${names} at home, and nothing says which is meant`;
  const hint = `use a URL (${exampleUrl(databases[0]?.engine ?? "postgres", "host")}), or give them different passwords at home`;
  findings.problem({ code: "binding", subject, message, hint, place });
}
