import type { Demand } from "../iam/calls/call.ts";
import { type Decision, evaluate } from "../iam/evaluate.ts";
import { PolicyError, parsePolicy } from "../iam/parse-policy.ts";
import type { Context, LayerName, Layers } from "../iam/policy.ts";
import type { Log } from "../platform.ts";
import type { Key } from "./key.ts";

/** What of the request itself conditions may ask. */
export interface Circumstances {
  readonly now: Date;
  readonly region: string;
  /** Lower-case condition keys whose every value is in the demands. */
  readonly known: readonly string[];
  readonly log: Log;
}

/** AWS's message where the key's policies do not allow everything that a call demands; undefined where they do. */
export function refusalOf(
  key: Key,
  demands: readonly Demand[],
  circumstances: Circumstances,
): string | undefined {
  const layers = layersOf(key, circumstances.log);
  for (const demand of demands) {
    const context = contextOf(key, demand, circumstances);
    const { action, resource } = demand;
    const decision: Decision =
      layers === undefined
        ? { effect: "deny", kind: "implicit", layer: "identity", doubts: [] }
        : evaluate(layers, { action, resource, context });
    if (decision.effect === "allow") continue;
    for (const doubt of decision.doubts) {
      circumstances.log.warn(
        `IAM: ${action} by ${key.arn} is denied, as local-aws cannot judge a statement`,
        { doubt },
      );
    }
    return messageOf(key, demand, decision);
  }
  return undefined;
}

/** A policy that cannot be read may deny anything. */
function layersOf(key: Key, log: Log): Layers | undefined {
  try {
    return {
      identity: key.policies.map(parsePolicy),
      ...(key.boundary == null ? {} : { boundary: [parsePolicy(key.boundary)] }),
      ...(key.session == null ? {} : { session: [parsePolicy(key.session)] }),
    };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    log.warn(`IAM: everything is denied to ${key.arn}: ${error.message}`);
    return undefined;
  }
}

/**
 * Keys that AWS, too, has no value for in a direct call of a role or user outside of an organization.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const absent = new Set([
  "aws:calledvia",
  "aws:calledviafirst",
  "aws:calledvialast",
  "aws:federatedprovider",
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalservicename",
  "aws:principalservicenameslist",
  "aws:referer",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceidentity",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpcsourceip",
]);

function contextOf(key: Key, demand: Demand, { now, region, known }: Circumstances): Context {
  const own: Readonly<Record<string, readonly string[]>> = {
    "aws:currenttime": [now.toISOString()],
    "aws:epochtime": [String(Math.floor(now.getTime() / 1000))],
    "aws:principalaccount": [key.account],
    "aws:principalarn": [key.principal],
    "aws:principalisawsservice": ["false"],
    "aws:principaltype": [key.userName === undefined ? "AssumedRole" : "User"],
    "aws:requestedregion": [region],
    // A call of a container never leaves the machine, and no one can read it on its way.
    "aws:securetransport": ["true"],
    "aws:userid": [key.userId],
    "aws:viaawsservice": ["false"],
    ...(key.userName === undefined ? {} : { "aws:username": [key.userName] }),
    ...demand.keys,
  };
  const missing = new Set([...absent, ...known, ...(key.userName === undefined ? ["aws:username"] : [])]);
  return { values: new Map(Object.entries(own)), isAbsent: (name) => missing.has(name) };
}

const layerNames: Readonly<Record<LayerName, readonly [string, string]>> = {
  identity: ["identity-based policy", "an identity-based policy"],
  boundary: ["permissions boundary", "a permissions boundary"],
  session: ["session policy", "a session policy"],
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function messageOf(
  { arn }: Key,
  { action, resource }: Demand,
  decision: Extract<Decision, { effect: "deny" }>,
): string {
  const [bare, article] = layerNames[decision.layer];
  const named = resource.kind === "arn" ? resource.arn : "*";
  const shown = action.startsWith("s3:") ? `"${named}"` : named;
  const because =
    decision.kind === "explicit"
      ? `with an explicit deny in ${article}`
      : `because no ${bare} allows the ${action} action`;
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${shown} ${because}`;
}
