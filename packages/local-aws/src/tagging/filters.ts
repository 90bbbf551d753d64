import type { GetResourcesCommandInput, TagFilter } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Tagged } from "../service.ts";

/** What GetResources may be asked for. Types are `service` or `service:type`, as ARNs spell them. */
export type Filters = Pick<
  GetResourcesCommandInput,
  "TagFilters" | "ResourceTypeFilters" | "ResourceARNList"
>;

/** Every tag filter must hold, one of its values each (any, where it names none); one resource type or ARN. */
export function isAskedFor({ arn, tags }: Tagged, filters: Filters): boolean {
  const { TagFilters = [], ResourceTypeFilters = [], ResourceARNList = [] } = filters;
  return (
    TagFilters.every((filter) => holds(tags, filter)) &&
    (ResourceTypeFilters.length === 0 || ResourceTypeFilters.some((type) => isOfType(arn, type))) &&
    (ResourceARNList.length === 0 || ResourceARNList.includes(arn))
  );
}

function holds(tags: Tagged["tags"], { Key = "", Values = [] }: TagFilter): boolean {
  const value = tags[Key];
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

/** A bucket's ARN has its name alone where others have a type. */
function isOfType(arn: string, type: string): boolean {
  const [, , service = "", , , ...resource] = arn.split(":");
  const kind = service === "s3" ? "bucket" : resource.join(":").split(/[/:]/)[0];
  return type === service || type === `${service}:${kind}`;
}

/** Things without a region (CloudFront's) are listed in us-east-1, buckets wherever moto has them. */
export function isInRegion(arn: string, region: string): boolean {
  const place = arn.split(":")[3] ?? "";
  return place === region || (place === "" && region === "us-east-1");
}
