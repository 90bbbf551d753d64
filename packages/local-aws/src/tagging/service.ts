import type {
  GetResourcesCommandInput,
  GetTagKeysCommandInput,
  GetTagValuesCommandInput,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { type Call, type OwnService, ServiceError, type Tagged } from "../service.ts";
import { isAskedFor, isInRegion } from "./filters.ts";
import type { MotoTags } from "./moto-tags.ts";

/**
 * Resource Groups Tagging API: what our own services and moto have that bears tags, in one list by ARN
 * (https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html).
 */
export function createTagging(services: readonly OwnService[], motoTags: MotoTags): OwnService {
  const all = async ({ region }: Call): Promise<readonly Tagged[]> => {
    const own = services.flatMap(({ tagged }) => tagged?.() ?? []);
    const here = own.filter(({ arn }) => isInRegion(arn, region));
    const found = new Map([...(await motoTags(region)), ...here].map((one) => [one.arn, one]));
    return [...found.values()].filter(({ tags }) => Object.keys(tags).length > 0).sort(byArn);
  };
  return {
    model: "resourcegroupstaggingapi",
    moto: true,
    operations: {
      GetResources: async (input: GetResourcesCommandInput, call) => {
        const { items, PaginationToken } = page(
          (await all(call)).filter((one) => isAskedFor(one, filtersOf(input))).map(mappingOf),
          ({ ResourceARN }) => ResourceARN,
          input,
        );
        return { ResourceTagMappingList: items, PaginationToken };
      },
      GetTagKeys: async (input: GetTagKeysCommandInput, call) => {
        const keys = (await all(call)).flatMap(({ tags }) => Object.keys(tags));
        const { items, PaginationToken } = page(distinct(keys), (key) => key, input);
        return { TagKeys: items, PaginationToken };
      },
      GetTagValues: async (input: GetTagValuesCommandInput, call) => {
        const values = (await all(call)).flatMap(({ tags }) => tags[input.Key ?? ""] ?? []);
        const { items, PaginationToken } = page(distinct(values), (value) => value, input);
        return { TagValues: items, PaginationToken };
      },
    },
  };
}

function filtersOf(input: GetResourcesCommandInput): GetResourcesCommandInput {
  const { ResourceARNList = [], TagFilters = [], ResourceTypeFilters = [] } = input;
  if (ResourceARNList.length > 0 && TagFilters.length + ResourceTypeFilters.length > 0) {
    throw invalid("ResourceARNList cannot be given together with TagFilters or ResourceTypeFilters");
  }
  return input;
}

function mappingOf({ arn, tags }: Tagged) {
  return { ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

function byArn(one: Tagged, other: Tagged): number {
  return one.arn < other.arn ? -1 : 1;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** A token is the last item of the page before, so that what comes and goes between pages moves nothing. */
function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  asked: { readonly PaginationToken?: string | undefined; readonly ResourcesPerPage?: number | undefined },
): { readonly items: readonly T[]; readonly PaginationToken: string } {
  const size = asked.ResourcesPerPage ?? 100;
  if (size < 1 || size > 100) throw invalid(`ResourcesPerPage must be 1 to 100, not ${size}`);
  const after = Buffer.from(asked.PaginationToken ?? "", "base64url").toString();
  const rest = items.filter((item) => keyOf(item) > after);
  const last = rest[size - 1];
  const hasMore = rest.length > size && last !== undefined;
  return {
    items: rest.slice(0, size),
    PaginationToken: hasMore ? Buffer.from(keyOf(last)).toString("base64url") : "",
  };
}

function invalid(message: string): ServiceError {
  return new ServiceError("InvalidParameterException", message);
}
