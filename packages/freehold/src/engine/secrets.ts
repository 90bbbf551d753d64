import { findEnvironment } from "../app/find.ts";
import { UserError } from "../errors.ts";
import { isErrorNamed } from "./error-name.ts";
import { callerAccount } from "./identity.ts";
import type { Ports } from "./ports.ts";
import { declaredSecrets, environmentSecret, type SecretsOwner } from "./secrets/demand.ts";
import { readSecret, reviveSecret, secretFields, secretOfFields, writeSecret } from "./secrets/store.ts";
import type { Secret } from "./secrets/value.ts";
import type { EnvironmentRequest } from "./target.ts";

export interface SetSecretRequest extends EnvironmentRequest {
  readonly name: string;
  readonly value: Secret;
}

export interface SecretSet {
  readonly name: string;
  readonly environment: string;
  /** Whether any service declares it; one that none declares reaches no container. */
  readonly isDeclared: boolean;
}

/**
 * Sets one of the user's secrets. Before the first `up` the environment's secret is made here, tagged, and provisioning takes
 * it over. Containers see the value from the next release on.
 *
 * @throws UserError `bad-secret-name` when no variable can be called so.
 */
export async function setSecret(request: SetSecretRequest, ports: Ports): Promise<SecretSet> {
  const { name } = request;
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(name)) throw badName(name);
  const owner = await ownerOf(request, ports);
  const id = environmentSecret(owner);
  await reviveSecret(id, ports);
  const stored = await readSecret(id, ports);
  const before = stored === undefined ? new Map<string, Secret>() : secretFields(stored.value, id);
  const value = secretOfFields(new Map([...before, [name, request.value]]));
  await writeOrMake(id, value, owner, ports);
  const isDeclared = declaredSecrets(owner.environment).has(name);
  return { name, environment: owner.environment.name, isDeclared };
}

async function writeOrMake(id: string, value: Secret, owner: SecretsOwner, ports: Ports): Promise<void> {
  const secrets = await ports.aws.secrets();
  try {
    await writeSecret(id, value, ports);
  } catch (error) {
    if (!isErrorNamed(error, "ResourceNotFoundException")) throw error;
    await secrets.createSecret({ Name: id, SecretString: value.reveal(), Tags: tagsOf(owner) });
  }
}

/** As provisioning tags what belongs to an environment. */
function tagsOf({ application, collection, environment }: SecretsOwner) {
  return [
    { Key: "Application", Value: application.name },
    { Key: "Collection", Value: collection.name },
    { Key: "Environment", Value: environment.name },
    { Key: "ManagedBy", Value: "freehold" },
  ];
}

export interface SecretListed {
  readonly name: string;
  readonly isSet: boolean;
  /** Services that declare it; none for one that is set and no longer declared. */
  readonly services: readonly string[];
}

export interface SecretsListed {
  readonly environment: string;
  readonly secrets: readonly SecretListed[];
  /** When any of them was last set; ISO 8601, UTC. */
  readonly changedAt?: string;
}

/** Names of the user's secrets, whether each is set and who declares it; never a value. */
export async function listSecrets(request: EnvironmentRequest, ports: Ports): Promise<SecretsListed> {
  const owner = await ownerOf(request, ports);
  const id = environmentSecret(owner);
  const stored = await readSecret(id, ports);
  const known = stored === undefined ? new Map<string, Secret>() : secretFields(stored.value, id);
  const declared = declaredSecrets(owner.environment);
  const names = [...new Set([...declared.keys(), ...known.keys()])].sort();
  const secrets = names.map((name) => ({
    name,
    isSet: known.has(name),
    services: declared.get(name) ?? [],
  }));
  const changedAt = stored === undefined ? undefined : await changeDate(id, ports);
  return { environment: owner.environment.name, secrets, ...(changedAt === undefined ? {} : { changedAt }) };
}

async function changeDate(id: string, ports: Ports): Promise<string | undefined> {
  const { LastChangedDate } = await (await ports.aws.secrets()).describeSecret({ SecretId: id });
  return LastChangedDate?.toISOString();
}

async function ownerOf(request: EnvironmentRequest, ports: Ports): Promise<SecretsOwner> {
  const { application } = request;
  const { collection, environment } = findEnvironment(application, request.environment);
  await callerAccount(collection, ports);
  return { application, collection, environment };
}

function badName(name: string): UserError {
  return new UserError({
    code: "bad-secret-name",
    subject: name,
    message: "is no name of a secret",
    hint: "Use letters, digits, underscores, dots and hyphens, such as STRIPE_KEY.",
  });
}
