import type {
  CachePolicyConfig,
  DistributionConfig,
  FunctionConfig,
  OriginAccessControlConfig,
  OriginRequestPolicyConfig,
  ResponseHeadersPolicyConfig,
  VpcOriginEndpointConfig,
} from "@aws-sdk/client-cloudfront";
import type { Platform, Store } from "../platform.ts";
import { openShelf, type Shelf } from "./shelf.ts";

/** Everything CloudFront keeps. */
export interface Holdings {
  readonly distributions: Shelf<DistributionConfig>;
  readonly accessControls: Shelf<OriginAccessControlConfig>;
  readonly cachePolicies: Shelf<CachePolicyConfig>;
  readonly originRequestPolicies: Shelf<OriginRequestPolicyConfig>;
  readonly responseHeadersPolicies: Shelf<ResponseHeadersPolicyConfig>;
  readonly vpcOrigins: Shelf<VpcOriginEndpointConfig>;
  /** By name. */
  readonly functions: Shelf<FunctionStages>;
  /** By name. */
  readonly keyValueStores: Shelf<{ readonly uuid: string; readonly comment: string }>;
  /** The stores' contents, by ARN. */
  readonly keys: Shelf<KeyValues>;
  readonly invalidations: Store<Readonly<Record<string, readonly StoredInvalidation[]>>>;
  /** By ARN. */
  readonly tags: Store<Readonly<Record<string, Readonly<Record<string, string>>>>>;
  /** `Enabled` or `Disabled`, by distribution. */
  readonly monitoring: Store<Readonly<Record<string, string>>>;
}

export type KeyValues = Readonly<Record<string, string>>;

/** A function's two stages; publishing copies the one to the other. */
export interface FunctionStages {
  readonly development: FunctionStage;
  readonly live?: FunctionStage;
}

export interface FunctionStage {
  readonly etag: string;
  /** ISO 8601. */
  readonly changed: string;
  readonly config: FunctionConfig;
  /** Source text. */
  readonly code: string;
}

export interface StoredInvalidation {
  readonly id: string;
  /** ISO 8601. */
  readonly created: string;
  readonly callerReference: string;
  readonly paths: readonly string[];
}

export async function openHoldings(platform: Platform): Promise<Holdings> {
  return {
    distributions: await openShelf(platform, "cloudfront-distributions", "NoSuchDistribution"),
    accessControls: await openShelf(platform, "cloudfront-access-controls", "NoSuchOriginAccessControl"),
    cachePolicies: await openShelf(platform, "cloudfront-cache-policies", "NoSuchCachePolicy"),
    originRequestPolicies: await openShelf(
      platform,
      "cloudfront-request-policies",
      "NoSuchOriginRequestPolicy",
    ),
    responseHeadersPolicies: await openShelf(
      platform,
      "cloudfront-headers-policies",
      "NoSuchResponseHeadersPolicy",
    ),
    vpcOrigins: await openShelf(platform, "cloudfront-vpc-origins", "EntityNotFound"),
    functions: await openShelf(platform, "cloudfront-functions", "NoSuchFunctionExists"),
    keyValueStores: await openShelf(platform, "cloudfront-key-value-stores", "EntityNotFound"),
    keys: await openShelf(platform, "cloudfront-keys", "ResourceNotFoundException"),
    invalidations: await platform.store("cloudfront-invalidations", {}),
    tags: await platform.store("cloudfront-tags", {}),
    monitoring: await platform.store("cloudfront-monitoring", {}),
  };
}
