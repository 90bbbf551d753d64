import type { Binding } from "../../../app/binding.ts";
import type { Place } from "../../../errors.ts";
import type { Context } from "../context.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import { type Credential, exampleUrl, homeOf } from "./home.ts";
import type { Told } from "./meant-database.ts";

interface Named {
  readonly name: string;
  readonly subject: string;
  readonly place: Place;
}

interface Variable extends Named {
  readonly value: string;
}

/** What the service's other variables say. */
export interface Beside {
  /** Resources they are bound to. */
  readonly named: ReadonlySet<string>;
  /** Their values: a role of this name is the one that is meant. */
  readonly values: ReadonlySet<string>;
}

export function besideOf({ variables, bindings }: Told): Beside {
  return {
    named: new Set(Object.values(bindings).map(({ resource }) => resource)),
    values: new Set(Object.values(variables)),
  };
}

/**
 * Binding 3: the password of a database's container at home stands for the real one. Where several containers have it, that of
 * the database which the service names elsewhere is meant; where several roles of one have it, the one it names, or the first.
 */
export function bindCredential(variable: Variable, beside: Beside, context: Context): Binding | undefined {
  if (!/(?:PASSWORD|PASSWD|PASS|PWD)$/i.test(variable.name)) return undefined;
  const roles = rolesOf((one) => "password" in one && one.password === variable.value);
  return passwordBinding(variable, roles, beside, context);
}

/** The same for a secret that the database's container reads from a file: its password, or the name of its user or database. */
export function bindSecret(secret: Named, beside: Beside, context: Context): Binding | undefined {
  const roles = rolesOf((one) => "secret" in one && one.secret === secret.name);
  return passwordBinding(secret, roles, beside, context) ?? nameBinding(secret, beside, context);
}

type Roles = (database: DatabaseDraft) => readonly string[];

function rolesOf(isMeant: (credential: Credential) => boolean): Roles {
  return ({ home }) => home.credentials.filter(isMeant).map(({ role }) => role);
}

function passwordBinding(
  named: Named,
  rolesIn: Roles,
  beside: Beside,
  context: Context,
): Binding | undefined {
  const only = meantOf(named, (one) => rolesIn(one).length > 0, beside, context);
  if (only === undefined) return undefined;
  const roles = rolesIn(only);
  const role = roles.find((one) => beside.values.has(one)) ?? roles[0] ?? "";
  return { kind: "attribute", resource: only.name, attribute: "password", role };
}

function nameBinding({ name, ...at }: Named, beside: Beside, context: Context): Binding | undefined {
  const toldIn = ({ home }: DatabaseDraft) => home.names.find(({ secret }) => secret === name);
  const only = meantOf({ name, ...at }, (one) => toldIn(one) !== undefined, beside, context);
  const told = only && toldIn(only);
  if (only === undefined || told === undefined) return undefined;
  const { attribute } = told;
  return { kind: "attribute", resource: only.name, attribute, role: homeOf(only).role };
}

/** The database for which it holds, where there is one; a problem where nothing says which of several. */
function meantOf(
  named: Named,
  holds: (database: DatabaseDraft) => boolean,
  beside: Beside,
  context: Context,
): DatabaseDraft | undefined {
  const all = [...context.databases.values()].filter(holds);
  const meant = all.length > 1 ? all.filter(({ name }) => beside.named.has(name)) : all;
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  if (all.length > 1) reportAmbiguous(named, all, context);
  return undefined;
}

function reportAmbiguous(
  { subject, place }: Named,
  databases: readonly DatabaseDraft[],
  { findings }: Context,
): void {
  const names = databases.map(({ name }) => `\`${name}\``).join(" and ");
  const message = `is the password of ${names} at home, and nothing says which is meant`;
  const hint = `use a URL (${exampleUrl(databases[0]?.engine ?? "postgres", "host")}), or give them different passwords at home`;
  findings.problem({ code: "binding", subject, message, hint, place });
}
