import { cloudName, type Identity } from "../app/names.ts";

interface Limit {
  readonly max: number;
  /** A beginning that AWS keeps for itself. */
  readonly reserved?: RegExp;
}

/**
 * Characters that AWS allows, from each API's reference. Where a name may be very long, 64 are enough for the reader.
 */
const limits = {
  cache: { max: 40 },
  cluster: { max: 64 },
  database: { max: 63 },
  fileSystem: { max: 64 },
  function: { max: 64 },
  keyValueStore: { max: 64 },
  namespace: { max: 64 },
  loadBalancer: { max: 32, reserved: /^internal-/ },
  logGroup: { max: 64 },
  originAccess: { max: 64 },
  parameterGroup: { max: 64 },
  queue: { max: 75 },
  repository: { max: 64 },
  role: { max: 64 },
  schedule: { max: 64 },
  scheduleGroup: { max: 64 },
  secret: { max: 64 },
  securityGroup: { max: 64, reserved: /^sg-/ },
  service: { max: 64 },
  subnetGroup: { max: 64 },
  table: { max: 64 },
  targetGroup: { max: 32, reserved: /^internal-/ },
  taskFamily: { max: 64 },
  topic: { max: 64 },
  vpc: { max: 64 },
  vpcOrigin: { max: 64 },
} as const satisfies Readonly<Record<string, Limit>>;

export type NamedKind = keyof typeof limits;

/** The cloud name of something of a kind; `what` tells apart two of one kind that one identity has. */
export function nameOf(kind: NamedKind, identity: Identity, what = ""): string {
  const { max, reserved }: Limit = limits[kind];
  const name = cloudName(identity, max, what);
  return reserved === undefined ? name : name.replace(reserved, (start) => start.replaceAll("-", ""));
}

/** Bucket names are shared by all accounts of AWS: they carry account and region. At most 63 characters. */
export function bucketName(
  identity: Identity,
  place: { readonly account: string; readonly region: string },
  what = "",
): string {
  const tail = `-${place.account}-${place.region}`;
  return `${cloudName(identity, 63 - tail.length, what)}${tail}`;
}

/**
 * Secrets are named like paths: AWS asks that no secret's name end with a hyphen and six characters
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
 */
export function secretName(identity: Identity, what: string): string {
  return `${nameOf("secret", identity)}/${what}`;
}

/** Name of the environment's secret, which `secrets set` makes when provisioning has not yet. */
export function environmentSecretName(identity: Identity): string {
  return secretName(identity, "environment");
}
