import type { UserError } from "../../errors.ts";
import { isErrorNamed } from "../error-name.ts";
import { tellOwn } from "../outside-failure.ts";
import type { Ports } from "../ports.ts";
import { Secret } from "./value.ts";

/** The current version of a secret. */
export interface StoredSecret {
  readonly value: Secret;
  readonly versionId: string;
}

/**
 * The current value, or undefined while the secret is empty (Terraform makes secrets without a version), does not exist or is
 * marked for deletion.
 * See https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html.
 */
export async function readSecret(id: string, ports: Ports): Promise<StoredSecret | undefined> {
  const secrets = await ports.aws.secrets();
  try {
    const { SecretString, VersionId } = await secrets.getSecretValue({ SecretId: id });
    if (SecretString === undefined || VersionId === undefined) return undefined;
    return { value: new Secret(SecretString), versionId: VersionId };
  } catch (error) {
    if (isErrorNamed(error, "ResourceNotFoundException") || isMarkedForDeletion(error)) return undefined;
    throw unreadable(id, error instanceof Error ? error.message : String(error), error);
  }
}

/** Law 7: what cannot be read stops the verb; nothing is made in its place. */
function unreadable(id: string, why: string, cause?: unknown): UserError {
  const message = `The secret cannot be read: ${why}`;
  const hint =
    "Let these credentials read it (secretsmanager:GetSecretValue, and kms:Decrypt where it has a key of its own), then run this again.";
  return tellOwn({ code: "unreadable-secret", subject: id, message, hint }, cause);
}

function isMarkedForDeletion(error: unknown): boolean {
  return isErrorNamed(error, "InvalidRequestException") && /marked\s+(for\s+)?delet/i.test(error.message);
}

/**
 * Takes a secret back that waits for its deletion: `destroy` leaves secrets so for some days, with their values. One that is
 * there, or was never there, stays as it is.
 */
export async function reviveSecret(id: string, ports: Ports): Promise<void> {
  const secrets = await ports.aws.secrets();
  try {
    const { DeletedDate } = await secrets.describeSecret({ SecretId: id });
    if (DeletedDate !== undefined) await secrets.restoreSecret({ SecretId: id });
  } catch (error) {
    if (!isErrorNamed(error, "ResourceNotFoundException")) throw error;
  }
}

/** Makes the value the current one; answers the new version's id. */
export async function writeSecret(id: string, value: Secret, ports: Ports): Promise<string> {
  const secrets = await ports.aws.secrets();
  const { VersionId } = await secrets.putSecretValue({ SecretId: id, SecretString: value.reveal() });
  return VersionId ?? "";
}

/** 32 letters and digits, made by Secrets Manager: what RDS, ElastiCache and URLs all take as it is. */
export async function newPassword(ports: Ports): Promise<Secret> {
  const secrets = await ports.aws.secrets();
  const { RandomPassword = "" } = await secrets.getRandomPassword({
    PasswordLength: 32,
    ExcludePunctuation: true,
  });
  return new Secret(RandomPassword);
}

/** Puts a staging label on a version, taking it from the one that bore it. */
export async function moveLabel(id: string, label: string, versionId: string, ports: Ports): Promise<void> {
  const secrets = await ports.aws.secrets();
  const { VersionIdsToStages = {} } = await secrets.describeSecret({ SecretId: id });
  const holder = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(label))?.[0];
  if (holder === versionId) return;
  await secrets.updateSecretVersionStage({
    SecretId: id,
    VersionStage: label,
    MoveToVersionId: versionId,
    ...(holder === undefined ? {} : { RemoveFromVersionId: holder }),
  });
}

/** Id of the current version; undefined for an empty secret. Asks for no value. */
export async function currentVersion(id: string, ports: Ports): Promise<string | undefined> {
  const labels = Object.entries(await labelsOf(id, ports));
  return labels.find(([, stages]) => stages.includes("AWSCURRENT"))?.[0];
}

/** Labels of each version, by version id; empty for an empty secret. */
export async function labelsOf(
  id: string,
  ports: Ports,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const secrets = await ports.aws.secrets();
  const { VersionIdsToStages = {} } = await secrets.describeSecret({ SecretId: id });
  return VersionIdsToStages;
}

/** The fields of a secret that holds a JSON object of texts. Errors: UserError `unreadable-secret` when it holds something else. */
export function secretFields(secret: Secret, id: string): ReadonlyMap<string, Secret> {
  const fields = parseObject(secret.reveal());
  if (fields === undefined) throw unreadable(id, "it holds no JSON object");
  return new Map(Object.entries(fields).map(([key, value]) => [key, new Secret(String(value))]));
}

/** The secret that holds these fields as a JSON object, keys sorted. */
export function secretOfFields(fields: ReadonlyMap<string, Secret>): Secret {
  const entries = [...fields].map(([key, value]) => [key, value.reveal()] as const);
  return new Secret(JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))));
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // The text of the parser's error would show what the secret holds.
    return undefined;
  }
}
