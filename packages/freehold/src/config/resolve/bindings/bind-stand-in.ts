import type { Resource } from "../../../app/application.ts";
import type { Binding } from "../../../app/binding.ts";
import type { Context } from "../context.ts";
import type { Draft } from "../draft.ts";
import type { Target } from "../scope.ts";
import type { Written } from "../variables.ts";

/** What is left of a service's variables once those are taken out that lead to a stand-in for S3, SQS, DynamoDB or all of AWS. */
export interface WithoutStandIns {
  readonly rest: ReadonlyMap<string, Written>;
  readonly bindings: Readonly<Record<string, Binding>>;
  /** The stand-ins of this file that its endpoints lead to. */
  readonly uses: readonly string[];
}

interface Named {
  readonly host: string;
  readonly target: Target;
  /** After the host, or empty. */
  readonly path: string;
}

/**
 * Binding 6: on AWS the SDK finds the services by itself and the task's role signs, so that a stand-in's endpoint and its keys
 * are left out; what names a queue or the bucket becomes the real one.
 */
export function bindStandIns(
  written: ReadonlyMap<string, Written>,
  draft: Draft,
  context: Context,
): WithoutStandIns {
  const endpoints = [...written].flatMap(([name, { value, subject }]) => {
    const named = standInOf(value, draft, context);
    return named === undefined ? [] : [{ name, subject, named }];
  });
  const own = namedByName(written, context);
  if (endpoints.length === 0) return { rest: without(written, Object.keys(own)), bindings: own, uses: [] };
  const queues = endpoints.flatMap(({ name, named }) => queueUrl(name, named, context));
  const hosts = endpoints.map(({ named }) => named);
  const only = namedTypes.flatMap((type) => onlyOne(type, written, hosts, context));
  const bindings = { ...Object.fromEntries([...queues, ...only]), ...own };
  const left = [...written].flatMap(([name, { subject }]) => {
    const [, why] = leftOut.find(([pattern]) => pattern.test(name)) ?? [];
    return why === undefined ? [] : [{ name, subject, why }];
  });
  for (const { name, subject } of endpoints)
    if (!Object.hasOwn(bindings, name)) context.findings.note(subject, endpointLeftOut);
  for (const { subject, why } of left) context.findings.note(subject, why);
  const gone = [
    ...endpoints.map(({ name }) => name),
    ...left.map(({ name }) => name),
    ...Object.keys(bindings),
  ];
  const uses = endpoints.flatMap(({ named }) => (named.target.kind === "resource" ? [named.host] : []));
  return { rest: without(written, gone), bindings, uses };
}

function without(
  written: ReadonlyMap<string, Written>,
  names: readonly string[],
): ReadonlyMap<string, Written> {
  return new Map([...written].filter(([name]) => !names.includes(name)));
}

const endpointLeftOut = "is left out on AWS: it leads to a stand-in at home, and SDKs find AWS by themselves";

/** What SDKs are told at home, and find by themselves on AWS. */
const leftOut: readonly (readonly [RegExp, string])[] = [
  [/ACCESS_KEY(?:_ID)?$|SECRET_KEY$|SESSION_TOKEN$/, "is left out on AWS, where the role of the task signs"],
  [/^AWS_(?:DEFAULT_)?REGION$/, "is left out on AWS, which tells every task its region"],
];

/** How a variable is called that holds the name of one of several, and what these are called. */
const namedBy = {
  bucket: { variable: /BUCKET(?:_NAME)?$/, plural: "buckets" },
  table: { variable: /TABLE(?:_NAME)?$/, plural: "tables" },
} as const;

type NamedType = keyof typeof namedBy;
const namedTypes: readonly NamedType[] = ["bucket", "table"];

/** The stand-in that a URL or `host:port` leads to. */
function standInOf(value: string, draft: Draft, { scope }: Context): Named | undefined {
  const [, host = "", path = ""] = /^(?:https?:\/\/)?([^:/?#@,\s]+)(?::\d+)?(\/\S*)?$/.exec(value) ?? [];
  const target = host === draft.name || value === host ? undefined : scope.get(host);
  const isStandIn =
    target?.kind === "aws" ||
    (target?.kind === "resource" && ["bucket", "queue", "table"].includes(target.type));
  return isStandIn && target !== undefined ? { host, target, path } : undefined;
}

/** `http://jobs:9324/000000000000/emails`: the last word is the queue's name at home. */
function queueUrl(variable: string, named: Named, context: Context): readonly (readonly [string, Binding])[] {
  const last = named.path.split("/").at(-1) ?? "";
  const resource = named.target.kind === "resource" && named.target.type === "queue" ? named.host : last;
  if (last === "" || !isOfType(resource, "queue", context)) return [];
  return [[variable, { kind: "attribute", resource, attribute: "url" }]];
}

/** A MinIO becomes one bucket, and a DynamoDB Local one table: the one variable that names one in it becomes that. */
function onlyOne(
  type: NamedType,
  written: ReadonlyMap<string, Written>,
  named: readonly Named[],
  context: Context,
): readonly (readonly [string, Binding])[] {
  const { variable, plural } = namedBy[type];
  const hosts = new Set(
    named.flatMap(({ host, target }) => (target.kind === "resource" && target.type === type ? [host] : [])),
  );
  const [resource] = hosts;
  const variables = [...written].filter(([name, { value }]) => variable.test(name) && value !== "");
  const homes = new Set(variables.map(([, { value }]) => value));
  if (resource === undefined || hosts.size > 1) return [];
  if (homes.size <= 1)
    return variables.map(([name]) => [name, { kind: "attribute", resource, attribute: "name" }]);
  for (const [, { value, subject, place }] of variables.filter(
    ([, one]) => !isOfType(one.value, type, context),
  )) {
    const message = `names one of ${homes.size} ${plural} of \`${resource}\`, which becomes a single ${type}`;
    const hint = `write each under \`x-freehold.resources\`, as \`${value}: { type: ${type} }\`, and leave \`${resource}\` out with \`x-freehold.type: ignore\``;
    context.findings.problem({ code: "binding", subject, message, hint, place });
  }
  return [];
}

/** What holds the name of a table or a bucket of the file holds the real one's; so does the ARN of a topic at home. */
function namedByName(
  written: ReadonlyMap<string, Written>,
  context: Context,
): Readonly<Record<string, Binding>> {
  const found = [...written].flatMap(([name, { value }]): (readonly [string, Binding])[] => {
    const type = namedTypes.find((one) => namedBy[one].variable.test(name));
    if (type !== undefined && isOfType(value, type, context))
      return [[name, { kind: "attribute", resource: value, attribute: "name" }]];
    const topic = /^arn:aws:sns:[a-z0-9-]*:0{12}:([^:]+)$/.exec(value)?.[1];
    return topic !== undefined && isOfType(topic, "topic", context)
      ? [[name, { kind: "attribute", resource: topic, attribute: "arn" }]]
      : [];
  });
  return Object.fromEntries(found);
}

function isOfType(name: string, type: Resource["type"], { otherResources }: Context): boolean {
  return otherResources.some((one) => one.type === type && one.name === name);
}
