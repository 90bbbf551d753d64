import type { Binding } from "../../app/binding.ts";
import type { Context } from "./context.ts";
import { type Draft, variablePrefix } from "./draft.ts";
import type { Target } from "./scope.ts";
import type { Written } from "./variables.ts";

/** What is left of a service's variables once those are taken out that lead to a stand-in for S3, SQS or all of AWS. */
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
  const endpoints = [...written].flatMap(([name, { value }]) => {
    const named = standInOf(value, draft, context);
    return named === undefined ? [] : [{ name, named }];
  });
  if (endpoints.length === 0) return { rest: written, bindings: {}, uses: [] };
  const queues = endpoints.flatMap(({ name, named }) => queueUrl(name, named, context));
  const buckets = bucketNames(
    written,
    endpoints.map(({ named }) => named),
    draft,
    context,
  );
  const bindings = Object.fromEntries([...queues, ...buckets]);
  const keys = [...written.keys()].filter((name) =>
    /ACCESS_KEY(?:_ID)?$|SECRET_KEY$|SESSION_TOKEN$/.test(name),
  );
  for (const { name } of endpoints)
    if (!Object.hasOwn(bindings, name)) tell(draft, name, endpointLeftOut, context);
  for (const name of keys) tell(draft, name, keyLeftOut, context);
  const gone = new Set([...endpoints.map(({ name }) => name), ...keys, ...Object.keys(bindings)]);
  const uses = endpoints.flatMap(({ named }) => (named.target.kind === "resource" ? [named.host] : []));
  return { rest: new Map([...written].filter(([name]) => !gone.has(name))), bindings, uses };
}

const endpointLeftOut = "is left out on AWS: it leads to a stand-in at home, and SDKs find AWS by themselves";
const keyLeftOut = "is left out on AWS, where the role of the task signs";

function tell({ subject }: Draft, variable: string, message: string, { findings }: Context): void {
  findings.note(`${subject}.environment.${variable}`, message);
}

/** The stand-in that a URL or `host:port` leads to. */
function standInOf(value: string, draft: Draft, { scope }: Context): Named | undefined {
  const [, host = "", path = ""] = /^(?:https?:\/\/)?([^:/?#@,\s]+)(?::\d+)?(\/\S*)?$/.exec(value) ?? [];
  const target = host === draft.name || value === host ? undefined : scope.get(host);
  const isStandIn =
    target?.kind === "aws" ||
    (target?.kind === "resource" && (target.type === "bucket" || target.type === "queue"));
  return isStandIn && target !== undefined ? { host, target, path } : undefined;
}

/** `http://jobs:9324/000000000000/emails`: the last word is the queue's name at home. */
function queueUrl(variable: string, named: Named, context: Context): readonly (readonly [string, Binding])[] {
  const last = named.path.split("/").at(-1) ?? "";
  const resource = named.target.kind === "resource" && named.target.type === "queue" ? named.host : last;
  const isQueue = context.otherResources.some((one) => one.type === "queue" && one.name === resource);
  if (last === "" || !isQueue) return [];
  return [[variable, { kind: "attribute", resource, attribute: "url" }]];
}

/** A MinIO becomes one bucket: the one variable that names a bucket in it becomes that. */
function bucketNames(
  written: ReadonlyMap<string, Written>,
  named: readonly Named[],
  draft: Draft,
  { findings }: Context,
): readonly (readonly [string, Binding])[] {
  const hosts = new Set(
    named.flatMap(({ host, target }) =>
      target.kind === "resource" && target.type === "bucket" ? [host] : [],
    ),
  );
  const [resource] = hosts;
  const variables = [...written].filter(
    ([name, { value }]) => /BUCKET(?:_NAME)?$/.test(name) && value !== "",
  );
  const homes = new Set(variables.map(([, { value }]) => value));
  if (resource === undefined || hosts.size > 1) return [];
  if (homes.size <= 1)
    return variables.map(([name]) => [name, { kind: "attribute", resource, attribute: "name" }]);
  for (const [name, { place }] of variables) {
    const message = `names one of ${homes.size} buckets of \`${resource}\`, which becomes a single bucket`;
    const hint = `write each under \`x-freehold.resources\` with \`type: bucket\`, and read ${variablePrefix(resource)}_NAME and its like`;
    findings.problem({
      code: "binding",
      subject: `${draft.subject}.environment.${name}`,
      message,
      hint,
      place,
    });
  }
  return [];
}
