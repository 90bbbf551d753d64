/** A call of AWS that failed. */
export interface AwsCall {
  /** As IAM spells it: `s3:GetObject`. */
  readonly action: string;
  /** What it was about, as far as the call names one thing. */
  readonly resource?: string;
}

const failed = new WeakMap<object, AwsCall>();

/** What the AWS SDK tells its logger of a failed call (`loggerMiddleware` of `@smithy/core`). */
export interface LoggedCall {
  readonly clientName?: string;
  readonly commandName?: string;
  readonly input?: unknown;
  readonly error?: unknown;
}

/** Remembers which call an error is of; the error itself stays as AWS's client made it. */
export function rememberCall({ clientName = "", commandName = "", input, error }: LoggedCall): void {
  if (typeof error !== "object" || error === null) return;
  const action = `${prefixOf(clientName)}:${commandName.replace(/Command$/, "")}`;
  const resource = resourceOf(input);
  failed.set(error, { action, ...(resource === undefined ? {} : { resource }) });
}

export function callOf(error: object): AwsCall | undefined {
  return failed.get(error);
}

/** Where a service's prefix in IAM is not its client's name. */
const prefixes: Readonly<Record<string, string>> = {
  cloudfrontkeyvaluestore: "cloudfront-keyvaluestore",
  cloudwatchlogs: "logs",
  elasticloadbalancingv2: "elasticloadbalancing",
  resourcegroupstaggingapi: "tag",
};

function prefixOf(clientName: string): string {
  const name = clientName.replace(/Client$/, "").toLowerCase();
  return prefixes[name] ?? name;
}

/** Members of requests that name one thing, the most telling first; never one that could hold a value. */
const naming = [
  "Bucket",
  "SecretId",
  "repositoryName",
  "service",
  "cluster",
  "taskDefinition",
  "family",
  "Name",
];

function resourceOf(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const member = naming.find((name) => typeof Reflect.get(input, name) === "string");
  if (member === undefined) return undefined;
  const key: unknown = Reflect.get(input, "Key");
  return `${Reflect.get(input, member)}${member === "Bucket" && typeof key === "string" ? `/${key}` : ""}`;
}
