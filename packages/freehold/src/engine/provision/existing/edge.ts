import type { CloudFront, ListTagsForResourceCommandOutput } from "@aws-sdk/client-cloudfront";
import { type Existing, type Find, type Tags, tagsOf, textOf, theOnly, unlessAbsent } from "./sought.ts";

/*
 * CloudFront: functions, stores and access controls bear no tags, so that their names, which are unique in the account and
 * carry a hash of whose they are, must do.
 */

/** Has no name: those with our comment are asked for their tags. */
export const distribution: Find = async (sought, ports) => {
  const cloudfront = await ports.aws.cloudfront();
  const comment = textOf(sought, "comment");
  const all = await allPages(async (Marker) => (await cloudfront.listDistributions(Marker)).DistributionList);
  const found: Existing[] = [];
  for (const { Id = "", ARN = "" } of all.filter((one) => one.Comment === comment)) {
    const tags = await tagsAt(ARN, cloudfront);
    if (Object.entries(sought.tags).every(([key, value]) => tags[key] === value))
      found.push({ id: Id, tags });
  }
  return theOnly(found, sought);
};

export const vpcOrigin: Find = async (sought, ports) => {
  const cloudfront = await ports.aws.cloudfront();
  const [config] = [sought.block.args["vpc_origin_endpoint_config"]].flat();
  const name = typeof config === "object" && config !== null && "name" in config ? config.name : undefined;
  const all = await allPages(async (Marker) => (await cloudfront.listVpcOrigins(Marker)).VpcOriginList);
  const found = all
    .filter((one) => one.Name === name)
    .map(async ({ Id: id = "", Arn = "", Status }) => ({
      id,
      tags: await tagsAt(Arn, cloudfront),
      ...(Status === undefined || Status === "Deployed" ? {} : { pending: Status }),
    }));
  return theOnly(await Promise.all(found), sought);
};

export const originAccessControl: Find = async (sought, ports) => {
  const cloudfront = await ports.aws.cloudfront();
  const name = textOf(sought, "name");
  const all = await allPages(
    async (Marker) => (await cloudfront.listOriginAccessControls(Marker)).OriginAccessControlList,
  );
  const found = all.filter((one) => one.Name === name).map(({ Id: id = "" }) => ({ id }));
  return theOnly(found, sought);
};

export const edgeFunction: Find = async (sought, ports) => {
  const Name = textOf(sought, "name") ?? "";
  const asked = (await ports.aws.cloudfront()).describeFunction({ Name, Stage: "DEVELOPMENT" });
  const answer = await unlessAbsent(asked, "NoSuchFunctionExists");
  return answer && { id: Name };
};

export const keyValueStore: Find = async (sought, ports) => {
  const Name = textOf(sought, "name") ?? "";
  const asked = (await ports.aws.cloudfront()).describeKeyValueStore({ Name });
  const answer = await unlessAbsent(asked, "EntityNotFound");
  const status = answer?.KeyValueStore?.Status;
  return answer && { id: Name, ...(status === "PROVISIONING" ? { pending: status } : {}) };
};

interface Page<Item> {
  readonly Items?: Item[] | undefined;
  readonly NextMarker?: string | undefined;
}

async function allPages<Item>(
  ask: (place: { readonly Marker?: string }) => Promise<Page<Item> | undefined>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let place: { readonly Marker?: string } | undefined = {};
  while (place !== undefined) {
    const page: Page<Item> | undefined = await ask(place);
    items.push(...(page?.Items ?? []));
    place =
      page?.NextMarker === undefined || page.NextMarker === "" ? undefined : { Marker: page.NextMarker };
  }
  return items;
}

async function tagsAt(Resource: string, cloudfront: CloudFront): Promise<Tags> {
  const { Tags }: ListTagsForResourceCommandOutput = await cloudfront.listTagsForResource({ Resource });
  return tagsOf(Tags?.Items);
}
