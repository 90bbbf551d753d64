import type { ContainerDefinition, ContainerOverride } from "@aws-sdk/client-ecs";
import type { Settings } from "../../platform.ts";

/** Where the authorities' file lies in every container. */
export const authoritiesPath = "/etc/local-aws/authorities.pem";

export interface EnvironmentParts {
  readonly settings: Pick<Settings, "endpoint" | "region">;
  readonly definition: ContainerDefinition;
  readonly override?: ContainerOverride | undefined;
  /** Resolved secrets by variable name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Names of the variables that the image sets. */
  readonly imageVariables: ReadonlySet<string>;
  /** `/v4/…` */
  readonly metadataPath: string;
  /** `/v2/credentials/…`, where the task has a role. */
  readonly credentialsPath?: string | undefined;
}

/**
 * A container's variables: what the agent gives, then what the definition, its secrets and the overrides say.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-metadata.html.
 */
export function environmentOf(parts: EnvironmentParts): Readonly<Record<string, string>> {
  const { settings, definition, override, secrets, imageVariables, metadataPath, credentialsPath } = parts;
  return {
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ENDPOINT_URL: settings.endpoint,
    ...withoutKeys(trust, imageVariables),
    ...byName(definition.environment),
    ...secrets,
    ...byName(override?.environment),
    AWS_EXECUTION_ENV: "AWS_ECS_FARGATE",
    ECS_CONTAINER_METADATA_URI_V4: `http://169.254.170.2${metadataPath}`,
    ...(credentialsPath === undefined ? {} : { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: credentialsPath }),
  };
}

/** AWS's servers have certificates that every image trusts; here they are of the local authority. */
const trust = { SSL_CERT_FILE: authoritiesPath, NODE_EXTRA_CA_CERTS: authoritiesPath } as const;

function withoutKeys(
  variables: Readonly<Record<string, string>>,
  names: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.has(name)));
}

function byName(pairs: ContainerDefinition["environment"] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ name = "", value = "" }) => [name, value]));
}
