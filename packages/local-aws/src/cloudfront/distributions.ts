import type {
  CreateDistributionCommandInput,
  CreateDistributionWithTagsCommandInput,
  DeleteDistributionCommandInput,
  Distribution,
  DistributionConfig,
  DistributionSummary,
  GetDistributionCommandInput,
  Tag,
  UpdateDistributionCommandInput,
} from "@aws-sdk/client-cloudfront";
import type { Platform } from "../platform.ts";
import { type Operation, ServiceError } from "../service.ts";
import { checkDistribution } from "./distribution-checks.ts";
import { withDefaults } from "./distribution-defaults.ts";
import type { Holdings } from "./holdings.ts";
import { arnOf, domainNameOf } from "./names.ts";
import type { Policies } from "./policies.ts";
import type { Stored } from "./shelf.ts";
import { dropTags, setTags } from "./tags.ts";
import { isDeployed, newToken } from "./versions.ts";

type Kept = Stored<DistributionConfig>;

/** Distributions: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html and its kin. */
export function distributionOperations(
  platform: Platform,
  holdings: Holdings,
  policies: Policies,
): Record<string, Operation> {
  const { distributions } = holdings;
  const shown = (kept: Kept) => ({ Distribution: describe(platform, kept), ETag: kept.etag });
  const create = async (given: DistributionConfig | undefined, tags: readonly Tag[] = []) => {
    const config = withDefaults(given ?? missingConfig());
    checkDistribution(config, holdings, policies);
    checkCallerReference(config, distributions.all());
    const kept = await distributions.add(newToken(), config);
    await setTags(holdings, arnOf(platform.settings, "distribution", kept.id), tags);
    return { ...shown(kept), Location: `${platform.settings.endpoint}/2020-05-31/distribution/${kept.id}` };
  };
  return {
    CreateDistribution: ({ DistributionConfig }: CreateDistributionCommandInput) =>
      create(DistributionConfig),
    CreateDistributionWithTags: ({
      DistributionConfigWithTags: given,
    }: CreateDistributionWithTagsCommandInput) => create(given?.DistributionConfig, given?.Tags?.Items),
    GetDistribution: async ({ Id }: GetDistributionCommandInput) => shown(distributions.get(Id)),
    GetDistributionConfig: async ({ Id }: GetDistributionCommandInput) => {
      const { config, etag } = distributions.get(Id);
      return { DistributionConfig: config, ETag: etag };
    },
    UpdateDistribution: async ({ Id, IfMatch, DistributionConfig }: UpdateDistributionCommandInput) => {
      const config = withDefaults(DistributionConfig ?? missingConfig());
      const known = distributions.get(Id);
      if (config.CallerReference !== known.config.CallerReference) {
        throw new ServiceError("IllegalUpdate", "The CallerReference of a distribution cannot be changed.");
      }
      checkDistribution(config, holdings, policies, known.id);
      return shown(await distributions.replace(Id, IfMatch, config));
    },
    DeleteDistribution: async ({ Id, IfMatch }: DeleteDistributionCommandInput) => {
      if (distributions.get(Id).config.Enabled === true) {
        throw new ServiceError(
          "DistributionNotDisabled",
          "The distribution you are trying to delete has not been disabled.",
          409,
        );
      }
      await distributions.remove(Id, IfMatch);
      await dropTags(holdings, arnOf(platform.settings, "distribution", Id ?? ""));
      return {};
    },
    ListDistributions: async () => ({
      DistributionList: {
        Marker: "",
        MaxItems: 100,
        IsTruncated: false,
        Quantity: distributions.all().length,
        Items: distributions.all().map((kept) => summarize(platform, kept)),
      },
    }),
  };
}

function missingConfig(): never {
  throw new ServiceError(
    "MissingBody",
    "This operation requires a body. Ensure that the body is present and the Content-Type header is set.",
  );
}

function checkCallerReference({ CallerReference }: DistributionConfig, known: readonly Kept[]): void {
  if (known.some(({ config }) => config.CallerReference === CallerReference)) {
    throw new ServiceError(
      "DistributionAlreadyExists",
      "The caller reference that you are using to create a distribution is associated with another distribution.",
      409,
    );
  }
}

function identity(platform: Platform, { id, changed }: Kept) {
  return {
    Id: id,
    ARN: arnOf(platform.settings, "distribution", id),
    Status: isDeployed(changed, platform.clock.now()) ? "Deployed" : "InProgress",
    LastModifiedTime: new Date(changed),
    DomainName: domainNameOf(platform.settings, id),
  };
}

function describe(platform: Platform, kept: Kept): Distribution {
  return {
    ...identity(platform, kept),
    InProgressInvalidationBatches: 0,
    ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
    ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
    DistributionConfig: kept.config,
  };
}

/** A summary is the configuration's main members beside the identity. */
function summarize(platform: Platform, kept: Kept): DistributionSummary {
  const { config } = kept;
  return {
    ...identity(platform, kept),
    ETag: kept.etag,
    Aliases: config.Aliases,
    Origins: config.Origins,
    OriginGroups: config.OriginGroups,
    DefaultCacheBehavior: config.DefaultCacheBehavior,
    CacheBehaviors: config.CacheBehaviors,
    CustomErrorResponses: config.CustomErrorResponses,
    Comment: config.Comment,
    PriceClass: config.PriceClass,
    Enabled: config.Enabled,
    ViewerCertificate: config.ViewerCertificate,
    Restrictions: config.Restrictions,
    WebACLId: config.WebACLId,
    HttpVersion: config.HttpVersion,
    IsIPV6Enabled: config.IsIPV6Enabled,
    Staging: config.Staging,
  };
}
