import { environmentHeader } from "../../aws/target-group.ts";
import { allPages } from "../all-pages.ts";
import type { AwsPort } from "../ports.ts";
import type { Finding } from "./by-tag.ts";
import { isUnknown } from "./kind.ts";
import { type Owner, ownTags } from "./owner.ts";

/*
 * What can bear no tags. Its name is ours to the letter, with the hash of whose it is; or, as with a rule of the listener, it
 * names the environment.
 */

type Find = (owner: Owner, aws: AwsPort) => Promise<readonly Untagged[]>;
type Untagged = Omit<Finding, "tags">;

/** Errors: of the services as they are. */
export async function findByExactName(owner: Owner, aws: AwsPort): Promise<readonly Finding[]> {
  const finds: readonly Find[] = [findFunctions, findStores, findAccessControls, findSchedules, findRules];
  const found = await Promise.all(finds.map((find) => find(owner, aws)));
  return found.flat().map((one) => ({ ...one, tags: ownTags(owner) }));
}

/** Names that the stack gives to things of a type. */
function namesOf({ stack }: Owner, type: string): ReadonlySet<unknown> {
  return new Set(stack.blocks.filter((block) => block.type === type).map(({ args }) => args["name"]));
}

const markerOf = (Marker: string | undefined) => (Marker === undefined ? {} : { Marker });

const findFunctions: Find = async (owner, aws) => {
  const names = namesOf(owner, "aws_cloudfront_function");
  if (names.size === 0) return [];
  const cloudfront = await aws.cloudfront();
  const found = await allPages(
    (token) => cloudfront.listFunctions({ ...markerOf(token), Stage: "DEVELOPMENT" }),
    (page) => page.FunctionList?.Items,
    (page) => page.FunctionList?.NextMarker,
  );
  return found
    .filter((one) => names.has(one.Name))
    .map(({ Name }) => ({ arn: `arn:aws:cloudfront::${owner.account}:function/${Name}` }));
};

const findStores: Find = async (owner, aws) => {
  const names = namesOf(owner, "aws_cloudfront_key_value_store");
  if (names.size === 0) return [];
  const cloudfront = await aws.cloudfront();
  const found = await allPages(
    (token) => cloudfront.listKeyValueStores(markerOf(token)),
    (page) => page.KeyValueStoreList?.Items,
    (page) => page.KeyValueStoreList?.NextMarker,
  );
  return found
    .filter((one) => names.has(one.Name))
    .map(({ ARN = "", Name = "" }) => ({ arn: ARN, id: Name }));
};

const findAccessControls: Find = async (owner, aws) => {
  const names = namesOf(owner, "aws_cloudfront_origin_access_control");
  if (names.size === 0) return [];
  const cloudfront = await aws.cloudfront();
  const found = await allPages(
    (token) => cloudfront.listOriginAccessControls(markerOf(token)),
    (page) => page.OriginAccessControlList?.Items,
    (page) => page.OriginAccessControlList?.NextMarker,
  );
  return found
    .filter((one) => names.has(one.Name))
    .map(({ Id }) => ({ arn: `arn:aws:cloudfront::${owner.account}:origin-access-control/${Id}` }));
};

/** The group is named by us; all that is in it is ours. */
const findSchedules: Find = async (owner, aws) => {
  const scheduler = await aws.scheduler();
  const groups = [...namesOf(owner, "aws_scheduler_schedule_group")].map(String);
  const found = await Promise.all(
    groups.map(async (GroupName) => {
      const schedules = await allPages(
        (NextToken) =>
          scheduler.listSchedules({ GroupName, ...(NextToken === undefined ? {} : { NextToken }) }),
        (page) => page.Schedules,
        (page) => page.NextToken,
      ).catch(noneIfUnknown);
      const place = `arn:aws:scheduler:${aws.region}:${owner.account}`;
      return [
        ...schedules.map(({ Arn, Name }) => ({ arn: Arn ?? `${place}:schedule/${GroupName}/${Name}` })),
        { arn: `${place}:schedule-group/${GroupName}` },
      ];
    }),
  );
  return found.flat();
};

/** The environment's rules say its name in their condition. */
const findRules: Find = async ({ listenerArn, environment }, aws) => {
  if (listenerArn === undefined || environment === undefined) return [];
  const balancing = await aws.loadBalancing();
  const rules = await allPages(
    (token) => balancing.describeRules({ ListenerArn: listenerArn, ...markerOf(token) }),
    (page) => page.Rules,
    (page) => page.NextMarker,
  ).catch(noneIfUnknown);
  return rules
    .filter(({ Conditions = [] }) =>
      Conditions.some(
        ({ HttpHeaderConfig: header }) =>
          header?.HttpHeaderName === environmentHeader && header.Values?.includes(environment) === true,
      ),
    )
    .map(({ RuleArn = "" }) => ({ arn: RuleArn }));
};

/** What holds them is gone, and they with it. */
function noneIfUnknown(error: unknown): readonly [] {
  if (isUnknown(error)) return [];
  throw error;
}
