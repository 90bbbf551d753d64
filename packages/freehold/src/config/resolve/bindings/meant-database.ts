import type { Binding } from "../../../app/binding.ts";
import type { DatabaseDraft } from "../database-draft.ts";
import { homeOf } from "./home.ts";

/** What a service is told, in plain text and bound. */
export interface Told {
  readonly variables: Readonly<Record<string, string>>;
  readonly bindings: Readonly<Record<string, Binding>>;
}

/** A database of a server, and the role that logs in to it. */
interface MeantDatabase {
  readonly name: string;
  readonly role: string;
}

/**
 * Which of a server's databases a service means: that of its own URL; where it names the host or the password, the one it
 * names beside the host (`DB_NAME` beside `DB_HOST`), or that of the container at home; else what that container is told to
 * make, or `app`.
 */
export function databaseFor(draft: DatabaseDraft, own: Told): MeantDatabase {
  const bound = Object.entries(own.bindings)
    .filter(([, { resource }]) => resource === draft.name)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, binding] of bound) {
    const named = databaseOf(binding);
    if (named !== undefined) return named;
  }
  if (bound.length === 0) {
    const role = draft.home.role ?? draft.home.database ?? "app";
    return { name: draft.home.database ?? role, role };
  }
  const home = homeOf(draft);
  const role = bound.map(([, binding]) => binding.role).find((one) => one !== undefined);
  const name = bound
    .map(([variable]) => besideHost(variable, own.variables))
    .find((one) => one !== undefined);
  return { name: name ?? home.name, role: role ?? home.role };
}

/** The database that a variable of a host's name has beside it. */
function besideHost(variable: string, variables: Told["variables"]): string | undefined {
  const [, prefix] = /^(.*?)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER|ENDPOINT)$/.exec(variable) ?? [];
  if (prefix === undefined || prefix === "") return undefined;
  return ["NAME", "DATABASE", "DBNAME", "DB_NAME"]
    .map((word) => variables[prefix + word])
    .find((value) => value !== undefined && /^[\w-]+$/.test(value));
}

/** The database a variable opens and the role it logs in with; undefined when it tells neither. */
export function databaseOf(binding: Binding): MeantDatabase | undefined {
  if (binding.kind === "text") return { name: binding.database, role: binding.role };
  if (binding.kind === "attribute" || binding.role === undefined) return undefined;
  return { name: decodeURIComponent(binding.path.slice(1)), role: binding.role };
}
