import type { Secret } from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import { StartFailure } from "../agent/start-failure.ts";
import { parseReference, type SecretReference } from "./reference.ts";

type Stores = Pick<Platform["aws"], "secrets" | "ssm">;

const failure =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";

/**
 * The values of a container's secrets by variable name, as the ECS agent reads them at the start of a task.
 * @throws StartFailure with AWS's words when one is missing
 */
export async function resolveSecrets(
  stores: Stores,
  secrets: readonly Secret[] = [],
): Promise<Readonly<Record<string, string>>> {
  const values = await Promise.all(
    secrets.map(({ valueFrom = "" }) => resolve(stores, parseReference(valueFrom), valueFrom)),
  );
  return Object.fromEntries(secrets.map(({ name = "" }, index) => [name, values[index] ?? ""]));
}

async function resolve(stores: Stores, reference: SecretReference, valueFrom: string): Promise<string> {
  return reference.store === "secrets"
    ? readSecret(stores, reference, valueFrom)
    : readParameter(stores, reference.name);
}

async function readSecret(
  { secrets }: Stores,
  { id, key, stage, version }: Extract<SecretReference, { store: "secrets" }>,
  valueFrom: string,
): Promise<string> {
  const answer = await secrets
    .getSecretValue({
      SecretId: id,
      ...(stage && { VersionStage: stage }),
      ...(version && { VersionId: version }),
    })
    .catch((error: unknown) => {
      throw new StartFailure(
        `${failure} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${valueFrom} from secrets manager: ${told(error)}`,
      );
    });
  const text = answer.SecretString ?? Buffer.from(answer.SecretBinary ?? []).toString("utf8");
  return key === undefined ? text : memberOf(text, key, id);
}

function memberOf(text: string, key: string, id: string): string {
  const value = parseObject(text)[key];
  if (value === undefined) {
    throw new StartFailure(
      `${failure} unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key ${key} (${id})`,
    );
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Text that is no JSON object has no members. */
function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

async function readParameter({ ssm }: Stores, name: string): Promise<string> {
  const { Parameters = [], InvalidParameters = [] } = await ssm
    .getParameters({ Names: [name], WithDecryption: true })
    .catch((error: unknown) => {
      throw new StartFailure(`${failure} unable to retrieve secrets from ssm: ${told(error)}`);
    });
  const value = Parameters[0]?.Value;
  if (value !== undefined) return value;
  throw new StartFailure(
    `${failure} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: ${InvalidParameters.join(", ") || name}`,
  );
}

function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
