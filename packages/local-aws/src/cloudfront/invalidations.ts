import type {
  CreateInvalidationCommandInput,
  GetInvalidationCommandInput,
  ListInvalidationsCommandInput,
} from "@aws-sdk/client-cloudfront";
import type { Platform } from "../platform.ts";
import { type Operation, ServiceError } from "../service.ts";
import type { Holdings, StoredInvalidation } from "./holdings.ts";
import { isDeployed, randomText } from "./versions.ts";

/** Invalidations; `drop` empties the cache of a distribution for path patterns. */
export function invalidationOperations(
  platform: Platform,
  holdings: Holdings,
  drop: (distributionId: string, paths: readonly string[]) => void,
): Record<string, Operation> {
  const { distributions, invalidations } = holdings;
  const of = (id: string): readonly StoredInvalidation[] => invalidations.get()[id] ?? [];
  return {
    CreateInvalidation: async ({ DistributionId, InvalidationBatch }: CreateInvalidationCommandInput) => {
      const { id } = distributions.get(DistributionId);
      const invalidation: StoredInvalidation = {
        id: `I${randomText(12)}`,
        created: platform.clock.now().toISOString(),
        callerReference: InvalidationBatch?.CallerReference ?? "",
        paths: InvalidationBatch?.Paths?.Items ?? [],
      };
      drop(id, invalidation.paths);
      await invalidations.update((all) => ({ ...all, [id]: [...(all[id] ?? []), invalidation].slice(-100) }));
      const Location = `${platform.settings.endpoint}/2020-05-31/distribution/${id}/invalidation/${invalidation.id}`;
      return { Invalidation: describe(platform, invalidation), Location };
    },
    GetInvalidation: async ({ DistributionId, Id }: GetInvalidationCommandInput) => {
      const found = of(distributions.get(DistributionId).id).find(({ id }) => id === Id);
      if (found === undefined) {
        throw new ServiceError("NoSuchInvalidation", "The specified invalidation does not exist.", 404);
      }
      return { Invalidation: describe(platform, found) };
    },
    ListInvalidations: async ({ DistributionId }: ListInvalidationsCommandInput) => {
      const items = of(distributions.get(DistributionId).id).map((one) => describe(platform, one));
      return {
        InvalidationList: {
          Marker: "",
          MaxItems: 100,
          IsTruncated: false,
          Quantity: items.length,
          Items: items.map(({ Id, CreateTime, Status }) => ({ Id, CreateTime, Status })).reverse(),
        },
      };
    },
  };
}

function describe(platform: Platform, { id, created, paths, callerReference }: StoredInvalidation) {
  return {
    Id: id,
    Status: isDeployed(created, platform.clock.now()) ? "Completed" : "InProgress",
    CreateTime: new Date(created),
    InvalidationBatch: {
      Paths: { Quantity: paths.length, Items: [...paths] },
      CallerReference: callerReference,
    },
  };
}
