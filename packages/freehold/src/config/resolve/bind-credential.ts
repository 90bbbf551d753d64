import type { Binding } from "../../app/binding.ts";
import type { Place } from "../../errors.ts";
import type { Context } from "./context.ts";
import type { DatabaseDraft } from "./managed.ts";

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly subject: string;
  readonly place: Place;
}

/**
 * Binding 3: the password of a database's container at home stands for the real one. Where several containers have it, that of
 * the database which the service names elsewhere is meant.
 *
 * @param named resources that the service's other variables are bound to.
 */
export function bindCredential(
  variable: Variable,
  named: ReadonlySet<string>,
  context: Context,
): Binding | undefined {
  if (!/(?:PASSWORD|PASSWD|PASS|PWD)$/i.test(variable.name)) return undefined;
  const all = [...context.databases.values()].filter(({ home }) => home.password === variable.value);
  const meant = all.length > 1 ? all.filter(({ name }) => named.has(name)) : all;
  const [only] = meant;
  if (only !== undefined && meant.length === 1)
    return { kind: "attribute", resource: only.name, attribute: "password", role: homeOf(only).role };
  if (all.length > 1) reportAmbiguous(variable, all, context);
  return undefined;
}

function reportAmbiguous(
  { subject, place }: Variable,
  databases: readonly DatabaseDraft[],
  { findings }: Context,
): void {
  const names = databases.map(({ name }) => `\`${name}\``).join(" and ");
  const message = `is the password of ${names} at home, and nothing says which is meant`;
  const hint =
    "use a URL (postgres://user:password@host:5432/name), or give them different passwords at home";
  findings.problem({ code: "binding", subject, message, hint, place });
}

/** What the container at home makes: the image's own user where it is told none (https://hub.docker.com/_/postgres). */
export function homeOf({ home }: DatabaseDraft): { readonly name: string; readonly role: string } {
  const role = home.role ?? "postgres";
  return { name: home.database ?? role, role };
}
