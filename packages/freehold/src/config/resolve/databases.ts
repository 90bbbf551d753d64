import type { ContainerService, Database } from "../../app/application.ts";
import type { Findings } from "../findings.ts";
import { databaseFor, databaseOf } from "./bindings.ts";
import type { Draft } from "./draft.ts";
import type { DatabaseDraft } from "./managed.ts";

/** A database with the databases and roles that the services' URLs name; `app` where none names any. */
export function finishDatabase(
  draft: DatabaseDraft,
  services: readonly ContainerService[],
  place: Draft,
  findings: Findings,
): Database {
  const { home: _home, ...rest } = draft;
  const owners = new Map<string, string>();
  for (const service of services.filter(({ uses }) => uses.includes(draft.name))) {
    for (const { name, role } of named(draft, service)) {
      const before = owners.get(name) ?? role;
      if (before !== role) reportOwners(name, [before, role], place, findings);
      owners.set(name, before);
    }
  }
  if (owners.size === 0) owners.set(databaseFor(draft, {}).name, databaseFor(draft, {}).role);
  const databases = [...owners]
    .map(([name, role]) => ({ name, role }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...rest, databases };
}

function named(draft: DatabaseDraft, { bindings }: ContainerService) {
  const own = Object.values(bindings).filter(({ resource }) => resource === draft.name);
  return [databaseFor(draft, bindings), ...own.flatMap((one) => databaseOf(one) ?? [])];
}

function reportOwners(
  name: string,
  roles: readonly string[],
  { subject, place }: Draft,
  findings: Findings,
): void {
  const message = `has its database \`${name}\` named with several roles (${roles.join(", ")}), which is not built yet`;
  const hint = "use one user in all URLs of this database";
  findings.problem({ code: "binding", subject, message, hint, place });
}
