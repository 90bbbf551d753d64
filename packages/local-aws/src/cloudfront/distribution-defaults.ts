import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionConfig,
  Origin,
} from "@aws-sdk/client-cloudfront";

const none = { Quantity: 0 };

/** A distribution's configuration with what CloudFront fills in where the caller was silent. */
export function withDefaults(config: DistributionConfig): DistributionConfig {
  return {
    ...config,
    Aliases: config.Aliases ?? none,
    DefaultRootObject: config.DefaultRootObject ?? "",
    Origins: config.Origins && { ...config.Origins, Items: (config.Origins.Items ?? []).map(originDefaults) },
    OriginGroups: config.OriginGroups ?? none,
    DefaultCacheBehavior: config.DefaultCacheBehavior && behaviorDefaults(config.DefaultCacheBehavior),
    CacheBehaviors: {
      ...(config.CacheBehaviors ?? none),
      ...(config.CacheBehaviors?.Items && {
        Items: config.CacheBehaviors.Items.map((behavior): CacheBehavior => behaviorDefaults(behavior)),
      }),
    },
    CustomErrorResponses: config.CustomErrorResponses ?? none,
    Logging: config.Logging ?? { Enabled: false, IncludeCookies: false, Bucket: "", Prefix: "" },
    PriceClass: config.PriceClass ?? "PriceClass_All",
    ViewerCertificate: certificateDefaults(config.ViewerCertificate),
    Restrictions: config.Restrictions ?? { GeoRestriction: { RestrictionType: "none", Quantity: 0 } },
    WebACLId: config.WebACLId ?? "",
    HttpVersion: config.HttpVersion ?? "http2",
    IsIPV6Enabled: config.IsIPV6Enabled ?? true,
    ContinuousDeploymentPolicyId: config.ContinuousDeploymentPolicyId ?? "",
    Staging: config.Staging ?? false,
  };
}

function originDefaults(origin: Origin): Origin {
  return {
    ...origin,
    OriginPath: origin.OriginPath ?? "",
    CustomHeaders: origin.CustomHeaders ?? none,
    ConnectionAttempts: origin.ConnectionAttempts ?? 3,
    ConnectionTimeout: origin.ConnectionTimeout ?? 10,
    OriginShield: origin.OriginShield ?? { Enabled: false },
    OriginAccessControlId: origin.OriginAccessControlId ?? "",
  };
}

/** An empty id, as Terraform sends it, is none. */
function behaviorDefaults<Behavior extends DefaultCacheBehavior>(behavior: Behavior): Behavior {
  return {
    ...behavior,
    TrustedSigners: behavior.TrustedSigners ?? { Enabled: false, Quantity: 0 },
    TrustedKeyGroups: behavior.TrustedKeyGroups ?? { Enabled: false, Quantity: 0 },
    AllowedMethods: methodDefaults(behavior),
    SmoothStreaming: behavior.SmoothStreaming ?? false,
    Compress: behavior.Compress ?? false,
    LambdaFunctionAssociations: behavior.LambdaFunctionAssociations ?? none,
    FunctionAssociations: behavior.FunctionAssociations ?? none,
    FieldLevelEncryptionId: behavior.FieldLevelEncryptionId ?? "",
    GrpcConfig: behavior.GrpcConfig ?? { Enabled: false },
    CachePolicyId: behavior.CachePolicyId || undefined,
    OriginRequestPolicyId: behavior.OriginRequestPolicyId || undefined,
    ResponseHeadersPolicyId: behavior.ResponseHeadersPolicyId || undefined,
  };
}

function methodDefaults({ AllowedMethods }: DefaultCacheBehavior): DefaultCacheBehavior["AllowedMethods"] {
  const reading: ("HEAD" | "GET")[] = ["HEAD", "GET"];
  return {
    Quantity: 2,
    Items: reading,
    ...AllowedMethods,
    CachedMethods: AllowedMethods?.CachedMethods ?? { Quantity: 2, Items: reading },
  };
}

function certificateDefaults(
  certificate: DistributionConfig["ViewerCertificate"],
): DistributionConfig["ViewerCertificate"] {
  const own = certificate?.ACMCertificateArn ?? certificate?.IAMCertificateId;
  if (own === undefined || own === "") {
    return {
      CloudFrontDefaultCertificate: true,
      SSLSupportMethod: "vip",
      MinimumProtocolVersion: "TLSv1",
      CertificateSource: "cloudfront",
    };
  }
  return {
    ...certificate,
    Certificate: own,
    CertificateSource: certificate?.ACMCertificateArn ? "acm" : "iam",
  };
}
