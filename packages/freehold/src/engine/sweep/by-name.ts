import type { CloudWatchLogs, LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { nameOf } from "../../aws/names.ts";
import { allPages } from "../all-pages.ts";
import { atMost } from "../at-most.ts";
import type { AwsPort } from "../ports.ts";
import type { Finding } from "./by-tag.ts";
import { isOwn, type Owner, tagsOf } from "./owner.ts";

/*
 * What bears our tags but is not, or not surely, in the listing by tag: IAM's roles, revisions that were deregistered, secrets that
 * wait for their deletion. Found by how its name begins, taken for ours by its own tags alone: another environment's name may
 * begin like this one's.
 */

type Find = (owner: Owner, aws: AwsPort) => Promise<readonly Finding[]>;

/** Errors: of the services as they are. */
export async function findByName(owner: Owner, aws: AwsPort): Promise<readonly Finding[]> {
  const finds: readonly Find[] = [findRoles, findLogGroups, findRevisions, findSecrets, findSnapshots];
  const found = await Promise.all(finds.map((find) => find(owner, aws)));
  return found.flat().filter((one) => isOwn(owner, one.tags));
}

/** How every name of the application begins: its hash left out. */
function beginningOf({ application }: Owner): string {
  return nameOf("role", { application }).slice(0, -6);
}

/** IAM is not in the listing by tag: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/supported-services.html */
const findRoles: Find = async (owner, aws) => {
  const iam = await aws.iam();
  const roles = await allPages(
    (Marker) => iam.listRoles({ ...(Marker === undefined ? {} : { Marker }) }),
    (page) => page.Roles,
    (page) => page.Marker,
  );
  const ours = roles.filter(({ RoleName = "" }) => RoleName.startsWith(beginningOf(owner)));
  return atMost(4, ours, async ({ RoleName, Arn = "" }) => {
    const { Tags } = await iam.listRoleTags({ RoleName });
    return { arn: Arn, tags: tagsOf(Tags) };
  });
};

/** Those of tasks, and those that databases export their logs to. */
const findLogGroups: Find = async (owner, aws) => {
  const logs = await aws.logs();
  const prefixes = ["/freehold/", "/aws/rds/instance/"].map((place) => `${place}${beginningOf(owner)}`);
  const groups = (await Promise.all(prefixes.map((prefix) => logGroupsNamed(prefix, logs)))).flat();
  return atMost(4, groups, async ({ arn = "" }) => {
    const resourceArn = arn.replace(/:\*$/, "");
    const { tags = {} } = await logs.listTagsForResource({ resourceArn });
    return { arn: resourceArn, tags: new Map(Object.entries(tags)) };
  });
};

function logGroupsNamed(logGroupNamePrefix: string, logs: CloudWatchLogs): Promise<readonly LogGroup[]> {
  return allPages(
    (nextToken) =>
      logs.describeLogGroups({ logGroupNamePrefix, ...(nextToken === undefined ? {} : { nextToken }) }),
    (page) => page.logGroups,
    (page) => page.nextToken,
  );
}

/** Those of services that have left the file, too. */
const findRevisions: Find = async (owner, aws) => {
  const ecs = await aws.ecs();
  const familyPrefix = beginningOf(owner);
  const pages = (status: "ACTIVE" | "INACTIVE") =>
    allPages(
      (nextToken) =>
        ecs.listTaskDefinitions({ familyPrefix, status, ...(nextToken === undefined ? {} : { nextToken }) }),
      (page) => page.taskDefinitionArns,
      (page) => page.nextToken,
    );
  const arns = [...(await pages("ACTIVE")), ...(await pages("INACTIVE"))];
  return atMost(4, arns, async (arn) => {
    const { tags = [] } = await ecs.describeTaskDefinition({ taskDefinition: arn, include: ["TAGS"] });
    return { arn, tags: new Map(tags.map(({ key = "", value = "" }) => [key, value])) };
  });
};

const findSecrets: Find = async (owner, aws) => {
  const secrets = await aws.secrets();
  const Filters = [{ Key: "name" as const, Values: [beginningOf(owner)] }];
  const found = await allPages(
    (NextToken) =>
      secrets.listSecrets({
        IncludePlannedDeletion: true,
        Filters,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    (page) => page.SecretList,
    (page) => page.NextToken,
  );
  return found.map(({ ARN = "", Tags }) => ({ arn: ARN, tags: tagsOf(Tags) }));
};

const findSnapshots: Find = async (_owner, aws) => {
  const rds = await aws.rds();
  const found = await allPages(
    (Marker) =>
      rds.describeDBSnapshots({ SnapshotType: "manual", ...(Marker === undefined ? {} : { Marker }) }),
    (page) => page.DBSnapshots,
    (page) => page.Marker,
  );
  return found.map(({ DBSnapshotArn = "", TagList }) => ({ arn: DBSnapshotArn, tags: tagsOf(TagList) }));
};
