import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig } from "@aws-sdk/client-cloudfront";
import type { Holdings } from "./holdings.ts";
import { idOf } from "./names.ts";

type Behavior = DefaultCacheBehavior | CacheBehavior;

/** The behaviours of a distribution, the default one last. */
export function behaviorsOf(config: DistributionConfig): readonly Behavior[] {
  const { CacheBehaviors, DefaultCacheBehavior } = config;
  return [
    ...(CacheBehaviors?.Items ?? []),
    ...(DefaultCacheBehavior === undefined ? [] : [DefaultCacheBehavior]),
  ];
}

/** Names of the functions that a behaviour runs. */
function functionNamesOf(behavior: Behavior): readonly string[] {
  return (behavior.FunctionAssociations?.Items ?? []).map(({ FunctionARN }) => idOf(FunctionARN));
}

export function isUsed(holdings: Holdings, uses: (config: DistributionConfig) => boolean): boolean {
  return holdings.distributions.all().some(({ config }) => uses(config));
}

export function usesPolicy(id: string): (config: DistributionConfig) => boolean {
  return (config) =>
    behaviorsOf(config).some(({ CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId }) =>
      [CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId].includes(id),
    );
}

export function usesFunction(name: string): (config: DistributionConfig) => boolean {
  return (config) => behaviorsOf(config).some((behavior) => functionNamesOf(behavior).includes(name));
}

export function usesVpcOrigin(id: string): (config: DistributionConfig) => boolean {
  return (config) =>
    (config.Origins?.Items ?? []).some(({ VpcOriginConfig }) => VpcOriginConfig?.VpcOriginId === id);
}

export function usesAccessControl(id: string): (config: DistributionConfig) => boolean {
  return (config) =>
    (config.Origins?.Items ?? []).some(({ OriginAccessControlId }) => OriginAccessControlId === id);
}
