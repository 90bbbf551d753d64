import type { ContainerService, Environment } from "../../app/application.ts";
import { containerServices } from "../../app/find.ts";
import { environmentSecretName } from "../../aws/names.ts";
import { type Problem, UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { readSecret, reviveSecret, secretFields } from "./store.ts";

/** Whose secrets are meant. */
export interface SecretsOwner {
  readonly application: { readonly name: string };
  readonly collection: { readonly name: string };
  readonly environment: Environment;
}

/** Name of the environment's secret; it may not exist yet. */
export function environmentSecret({ application, collection, environment }: SecretsOwner): string {
  const identity = { application: application.name, collection: collection.name };
  return environmentSecretName({ ...identity, environment: environment.name });
}

/** Names of the user's secrets that the environment's services declare, sorted, with the services that declare each. */
export function declaredSecrets(environment: Environment): ReadonlyMap<string, readonly string[]> {
  const pairs = containerServices(environment).flatMap((service) =>
    namesOf(service).map((name) => ({ name, service: service.name })),
  );
  const grouped = [...Map.groupBy(pairs, (pair) => pair.name)];
  return new Map(
    grouped
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => [name, of.map((pair) => pair.service)] as const),
  );
}

/** As variables or in files. */
function namesOf({ secrets, secretFiles = [] }: ContainerService): readonly string[] {
  const own = secretFiles.filter(({ source }) => source.kind === "own");
  return [...new Set([...secrets, ...own.map(({ name }) => name)])];
}

/**
 * Answers the version of the environment's secret that holds every declared one; undefined when none is declared. To be
 * called before anything is built. What an earlier life of the environment set, and still waits for deletion, counts.
 *
 * @throws UserError `secret-not-set`, one problem for each.
 */
export async function demandSecrets(owner: SecretsOwner, ports: Ports): Promise<string | undefined> {
  const declared = declaredSecrets(owner.environment);
  if (declared.size === 0) return undefined;
  const id = environmentSecret(owner);
  await reviveSecret(id, ports);
  const stored = await readSecret(id, ports);
  const known = stored === undefined ? new Map() : secretFields(stored.value, id);
  const missing = [...declared].filter(([name]) => !known.has(name));
  if (missing.length > 0) throw new UserError(missing.map(([name, of]) => notSet(name, of, owner)));
  return stored?.versionId;
}

/** Where the Compose file has it from, as a shell would be told. */
function asAtHome(
  name: string,
  environment: Environment,
): { readonly before: string; readonly behind: string } {
  const files = containerServices(environment).flatMap(({ secretFiles = [] }) => secretFiles);
  const source = files.find((one) => one.name === name && one.source.kind === "own")?.source;
  const home = source?.kind === "own" ? source.home : undefined;
  switch (home?.kind) {
    case "file":
      return { before: "", behind: ` < ${home.path}` };
    case "variable":
      return { before: `printenv ${home.name} | `, behind: "" };
    case undefined:
      return { before: "", behind: "" };
  }
}

function notSet(name: string, services: readonly string[], { environment }: SecretsOwner): Problem {
  const { before, behind } = asAtHome(name, environment);
  return {
    code: "secret-not-set",
    subject: name,
    message: `is declared by ${services.join(", ")} but not set in ${environment.name}`,
    hint: `Set it: \`${before}freehold secrets set ${name} -e ${environment.name}${behind}\``,
  };
}
