import type { ContainerService, Database } from "../../app/application.ts";
import { fileBindings } from "../../app/secret-file.ts";
import type { Findings } from "../findings.ts";
import { asksForTls } from "./bindings/bind-mysql.ts";
import { databaseFor, databaseOf } from "./bindings/meant-database.ts";
import type { DatabaseDraft } from "./database-draft.ts";
import { type Draft, variablePrefix } from "./draft.ts";

/** A database with the databases and roles that the services' URLs name; `app` where none names any. */
export function finishDatabase(
  draft: DatabaseDraft,
  services: readonly ContainerService[],
  place: Draft,
  findings: Findings,
): Database {
  const { home: _home, tls: _tls, ...rest } = draft;
  const users = services.filter(({ uses }) => uses.includes(draft.name));
  const named = users.flatMap((service) => namedBy(draft, service));
  const owned = named.length === 0 ? [databaseFor(draft, { variables: {}, bindings: {} })] : named;
  const databases = [...new Map(owned.map((one) => [JSON.stringify([one.name, one.role]), one])).values()];
  if (draft.engine === "postgres") reportOwners(databases, place, findings);
  return { ...rest, databases: databases.sort(byName), forcesTls: forcesTls(draft, users, place, findings) };
}

type Owned = Database["databases"][number];

function byName(a: Owned, b: Owned): number {
  return a.name < b.name || (a.name === b.name && a.role < b.role) ? -1 : 1;
}

function namedBy(draft: DatabaseDraft, service: ContainerService): readonly Owned[] {
  const bindings = { ...service.bindings, ...fileBindings(service.secretFiles) };
  const own = Object.values(bindings).filter(({ resource }) => resource === draft.name);
  return [databaseFor(draft, { ...service, bindings }), ...own.flatMap((one) => databaseOf(one) ?? [])];
}

/** MySQL's drivers speak no TLS unless asked to: a server that forces it would turn away what works at home. */
function forcesTls(
  draft: DatabaseDraft,
  users: readonly ContainerService[],
  { subject }: Draft,
  findings: Findings,
): boolean {
  if (draft.tls !== undefined) return draft.tls === "forced";
  if (draft.engine === "postgres") return true;
  const silent = users.filter((service) => !speaksTls(service, draft.name));
  if (silent.length === 0) return true;
  const names = silent.map(({ name }) => `\`${name}\``).join(", ");
  const message = `offers TLS and does not force it, since nothing says that ${names} will speak it; once they do, write \`tls: forced\``;
  findings.note(subject, message);
  return false;
}

/** Host and password told apart say nothing of TLS; nor does the URL that is always there, beside one of the file's own. */
function speaksTls({ bindings }: ContainerService, database: string): boolean {
  const addresses = Object.entries(bindings).flatMap(([variable, one]) =>
    one.resource !== database || one.kind === "attribute" ? [] : [{ variable, binding: one }],
  );
  const ours = ["DATABASE_URL", `${variablePrefix(database)}_URL`];
  const written = addresses.filter(({ variable }) => !ours.includes(variable));
  const telling = written.length > 0 ? written : addresses;
  return telling.length > 0 && telling.every(({ binding }) => asksForTls(binding));
}

function reportOwners(databases: readonly Owned[], { subject, place }: Draft, findings: Findings): void {
  for (const [name, owners] of Map.groupBy(databases, (one) => one.name)) {
    if (owners.length < 2) continue;
    const roles = owners.map(({ role }) => role).join(", ");
    const message = `has its database \`${name}\` named with several roles (${roles}), which is not built yet`;
    const hint = "use one user in all URLs of this database";
    findings.problem({ code: "binding", subject, message, hint, place });
  }
}
