import type { DistributionConfig, Origin } from "@aws-sdk/client-cloudfront";
import { ServiceError } from "../service.ts";
import type { Holdings } from "./holdings.ts";
import { idOf } from "./names.ts";
import type { Policies } from "./policies.ts";
import { behaviorsOf } from "./references.ts";

/** Refuses what CloudFront refuses: references to what is not there, aliases that are taken or lack a certificate. */
export function checkDistribution(
  config: DistributionConfig,
  holdings: Holdings,
  policies: Policies,
  ownId?: string,
): void {
  for (const origin of config.Origins?.Items ?? []) checkOrigin(origin, holdings);
  checkBehaviors(config, holdings, policies);
  checkAliases(config, holdings, ownId);
}

function checkOrigin(origin: Origin, holdings: Holdings): void {
  const { OriginAccessControlId = "", VpcOriginConfig } = origin;
  if (OriginAccessControlId !== "" && holdings.accessControls.find(OriginAccessControlId) === undefined) {
    throw new ServiceError("InvalidOriginAccessControl", "The origin access control is not valid.");
  }
  if (VpcOriginConfig !== undefined && holdings.vpcOrigins.find(VpcOriginConfig.VpcOriginId) === undefined) {
    throw new ServiceError("EntityNotFound", "The specified VPC origin does not exist.", 404);
  }
  if (
    VpcOriginConfig === undefined &&
    origin.CustomOriginConfig === undefined &&
    origin.S3OriginConfig === undefined
  ) {
    throw new ServiceError(
      "InvalidOrigin",
      "The specified origin is neither an S3, nor a custom, nor a VPC origin.",
    );
  }
}

function checkBehaviors(config: DistributionConfig, holdings: Holdings, policies: Policies): void {
  const origins = new Set([
    ...(config.Origins?.Items ?? []).map(({ Id }) => Id),
    ...(config.OriginGroups?.Items ?? []).map(({ Id }) => Id),
  ]);
  for (const behavior of behaviorsOf(config)) {
    if (!origins.has(behavior.TargetOriginId)) {
      throw new ServiceError(
        "NoSuchOrigin",
        "One or more of your origins or origin groups do not exist.",
        404,
      );
    }
    if (behavior.CachePolicyId === undefined && behavior.ForwardedValues === undefined) {
      throw new ServiceError("InvalidArgument", "The parameter ForwardedValues is required.");
    }
    if (behavior.CachePolicyId !== undefined) policies.cache(behavior.CachePolicyId);
    if (behavior.OriginRequestPolicyId !== undefined) policies.originRequest(behavior.OriginRequestPolicyId);
    if (behavior.ResponseHeadersPolicyId !== undefined)
      policies.responseHeaders(behavior.ResponseHeadersPolicyId);
    for (const { FunctionARN } of behavior.FunctionAssociations?.Items ?? []) {
      if (holdings.functions.find(idOf(FunctionARN))?.config.live === undefined) {
        throw new ServiceError(
          "InvalidFunctionAssociation",
          `The function ${FunctionARN} does not exist or is not published to LIVE.`,
        );
      }
    }
  }
}

function checkAliases(config: DistributionConfig, holdings: Holdings, ownId: string | undefined): void {
  const aliases = config.Aliases?.Items ?? [];
  if (aliases.length > 0 && config.ViewerCertificate?.CloudFrontDefaultCertificate === true) {
    throw new ServiceError(
      "InvalidViewerCertificate",
      "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
    );
  }
  const taken = new Set(
    holdings.distributions
      .all()
      .filter(({ id }) => id !== ownId)
      .flatMap((other) => other.config.Aliases?.Items ?? []),
  );
  const clash = aliases.find((alias) => taken.has(alias));
  if (clash !== undefined) {
    throw new ServiceError(
      "CNAMEAlreadyExists",
      `One or more of the CNAMEs you provided are already associated with a different resource: ${clash}`,
      409,
    );
  }
}
