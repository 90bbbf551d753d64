import { allPages } from "../all-pages.ts";
import type { AwsPort } from "../ports.ts";
import { type Owner, ownTags, type Tags, tagsOf } from "./owner.ts";

/** Something that was found, and what it bears. */
export interface Finding {
  readonly arn: string;
  readonly tags: Tags;
  /** Where its service asks for it otherwise than its ARN says. */
  readonly id?: string;
}

/** Where global services (CloudFront, its certificates) list what they have. */
const globalRegion = "us-east-1";

/**
 * What bears the owner's tags, in its region and in us-east-1. The listing is eventually consistent: it goes on showing what
 * was deleted, so each finding has to be looked up at its own service before it counts
 * (https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html).
 */
export async function findByTag(owner: Owner, aws: AwsPort): Promise<readonly Finding[]> {
  const regions = [...new Set([aws.region, globalRegion])];
  const found = await Promise.all(regions.map((region) => findIn(aws.elsewhere(region), owner)));
  return found.flat();
}

async function findIn(aws: AwsPort, owner: Owner): Promise<readonly Finding[]> {
  const tagging = await aws.tagging();
  const TagFilters = [...ownTags(owner)].map(([Key, value]) => ({ Key, Values: [value] }));
  const resources = await allPages(
    (token) =>
      tagging.getResources({ TagFilters, ...(token === undefined ? {} : { PaginationToken: token }) }),
    (page) => page.ResourceTagMappingList,
    (page) => page.PaginationToken,
  );
  return resources.flatMap(({ ResourceARN, Tags }) =>
    ResourceARN === undefined ? [] : [{ arn: ResourceARN, tags: tagsOf(Tags) }],
  );
}
