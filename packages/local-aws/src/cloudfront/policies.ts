import { randomUUID } from "node:crypto";
import type {
  CachePolicyConfig,
  OriginRequestPolicyConfig,
  ResponseHeadersPolicyConfig,
} from "@aws-sdk/client-cloudfront";
import { type Operation, ServiceError } from "../service.ts";
import type { Holdings } from "./holdings.ts";
import { managedCachePolicies } from "./managed-cache-policies.ts";
import { managedHeadersPolicies } from "./managed-headers-policies.ts";
import { managedRequestPolicies } from "./managed-request-policies.ts";
import { isUsed, usesPolicy } from "./references.ts";
import type { Shelf, Stored } from "./shelf.ts";

/** The policies a behaviour may name, AWS's own among them; an unknown id throws the kind's error. */
export interface Policies {
  cache(id: string): CachePolicyConfig;
  originRequest(id: string): OriginRequestPolicyConfig;
  responseHeaders(id: string): ResponseHeadersPolicyConfig;
}

interface Named {
  Name: string | undefined;
}

/** Configurations of AWS's own policies, by id. */
type Managed<Config> = Readonly<Record<string, Config>>;

export function openPolicies(holdings: Holdings): Policies {
  return {
    cache: (id) => managedCachePolicies[id] ?? holdings.cachePolicies.get(id).config,
    originRequest: (id) => managedRequestPolicies[id] ?? holdings.originRequestPolicies.get(id).config,
    responseHeaders: (id) => managedHeadersPolicies[id] ?? holdings.responseHeadersPolicies.get(id).config,
  };
}

export function policyOperations(holdings: Holdings): Record<string, Operation> {
  const { cachePolicies, originRequestPolicies, responseHeadersPolicies } = holdings;
  return {
    ...operationsOf(holdings, "CachePolicy", "CachePolicies", cachePolicies, managedCachePolicies),
    ...operationsOf(
      holdings,
      "OriginRequestPolicy",
      "OriginRequestPolicies",
      originRequestPolicies,
      managedRequestPolicies,
    ),
    ...operationsOf(
      holdings,
      "ResponseHeadersPolicy",
      "ResponseHeadersPolicies",
      responseHeadersPolicies,
      managedHeadersPolicies,
    ),
  };
}

/** The three kinds of policies have the same operations under their own names. */
function operationsOf<Config extends Named>(
  holdings: Holdings,
  kind: string,
  plural: string,
  shelf: Shelf<Config>,
  managed: Managed<Config>,
): Record<string, Operation> {
  const get = (id = ""): Stored<Config> => managedPolicy(managed, id) ?? shelf.get(id);
  const describe = ({ id, changed, config }: Stored<Config>) => ({
    Id: id,
    LastModifiedTime: new Date(changed),
    [`${kind}Config`]: config,
  });
  const shown = (kept: Stored<Config>) => ({ [kind]: describe(kept), ETag: kept.etag });
  return {
    [`Create${kind}`]: async (input: object) => {
      const config = configOf<Config>(input, kind);
      if (shelf.all().some((other) => other.config.Name === config.Name)) {
        throw new ServiceError(`${kind}AlreadyExists`, "A policy with this name already exists.", 409);
      }
      return shown(await shelf.add(randomUUID(), config));
    },
    [`Get${kind}`]: async ({ Id }: { Id?: string }) => shown(get(Id)),
    [`Get${kind}Config`]: async ({ Id }: { Id?: string }) => {
      const { config, etag } = get(Id);
      return { [`${kind}Config`]: config, ETag: etag };
    },
    [`Update${kind}`]: async (input: { readonly Id?: string; readonly IfMatch?: string }) =>
      shown(await shelf.replace(input.Id, input.IfMatch, configOf<Config>(input, kind))),
    [`Delete${kind}`]: async ({ Id = "", IfMatch }: { Id?: string; IfMatch?: string }) => {
      if (managed[Id] !== undefined)
        throw new ServiceError("IllegalDelete", "A managed policy cannot be deleted.");
      if (isUsed(holdings, usesPolicy(Id)))
        throw new ServiceError(`${kind}InUse`, "The policy is in use.", 409);
      await shelf.remove(Id, IfMatch);
      return {};
    },
    [`List${plural}`]: async ({ Type }: { Type?: "managed" | "custom" }) => {
      const own = shelf.all().map((kept) => ({ Type: "custom", [kind]: describe(kept) }));
      const theirs = Object.keys(managed).map((id) => ({ Type: "managed", [kind]: describe(get(id)) }));
      const items = [...(Type === "custom" ? [] : theirs), ...(Type === "managed" ? [] : own)];
      return { [`${kind}List`]: { MaxItems: 100, Quantity: items.length, Items: items } };
    },
  };
}

function configOf<Config>(input: object, kind: string): Config {
  const config: Config | undefined = Reflect.get(input, `${kind}Config`);
  if (config === undefined) throw new ServiceError("InvalidArgument", `${kind}Config is missing.`);
  return config;
}

function managedPolicy<Config>(managed: Managed<Config>, id: string): Stored<Config> | undefined {
  const config = managed[id];
  const since = "2020-07-01T00:00:00.000Z";
  return config && { id, etag: "E23ZP02F085DFQ", created: since, changed: since, config };
}
