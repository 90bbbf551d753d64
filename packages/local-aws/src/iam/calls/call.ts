import type { Resource } from "../policy.ts";

/** A decoded call of one principal, as far as its permissions depend on it. */
export interface Call {
  /** As in `botocore/data`, e.g. `dynamodbstreams`. */
  readonly model: string;
  readonly operation: string;
  readonly input: Input;
  readonly place: Place;
}

export type Input = Readonly<Record<string, unknown>>;

/** What the call's ARNs begin with. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

/** One action that the principal must be allowed on one resource. */
export interface Demand {
  /** `sqs:SendMessage` */
  readonly action: string;
  readonly resource: Resource;
  /** Condition keys of the service, in lower case. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

/** What must be asked of the services themselves to name a resource. */
export interface Facts {
  /** The ARN of a secret by its ARN or name; undefined where there is none. */
  secretArn(id: string): Promise<string | undefined>;
  /** The roles that a task definition passes on. */
  rolesOf(taskDefinition: string): Promise<readonly string[]>;
}

/**
 * Finds the ARNs of one resource type in a call: none where the call names no resource of this type, undefined where it does and
 * local-aws cannot tell its ARN.
 */
export type Reader = (call: Call, facts: Facts) => Found | Promise<Found>;

export type Found = readonly string[] | undefined;

export function textIn(input: unknown, member: string): string | undefined {
  const value = recordIn(input)[member];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function recordIn(value: unknown): Input {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function listIn(input: unknown, member: string): readonly unknown[] {
  const value = recordIn(input)[member];
  return Array.isArray(value) ? value : [];
}

export function textsIn(input: unknown, member: string): readonly string[] {
  return listIn(input, member).filter((item) => typeof item === "string");
}

/** The ARN itself, or the one that a name has in the call's region and account. */
export function arnOr(value: string | undefined, make: (name: string) => string): Found {
  if (value === undefined) return [];
  return [value.startsWith("arn:") ? value : make(value)];
}

export function arn(service: string, { region, account }: Place, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}
