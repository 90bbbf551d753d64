import { type Find, tagsOf, textOf, unlessAbsent } from "./sought.ts";

/** Identifiers are unique in a region. */
export const databaseInstance: Find = async (sought, ports) => {
  const id = textOf(sought, "identifier") ?? "";
  const rds = await ports.aws.rds();
  const asked = rds.describeDBInstances({ DBInstanceIdentifier: id });
  const found = (await unlessAbsent(asked, "DBInstanceNotFoundFault"))?.DBInstances?.[0];
  if (found === undefined) return undefined;
  return { id, tags: tagsOf(found.TagList), ...unlessStatus("available", found.DBInstanceStatus) };
};

export const databaseParameterGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const rds = await ports.aws.rds();
  const asked = rds.describeDBParameterGroups({ DBParameterGroupName: id });
  const answer = await unlessAbsent(asked, "DBParameterGroupNotFoundFault");
  const ResourceName = answer?.DBParameterGroups?.[0]?.DBParameterGroupArn;
  if (ResourceName === undefined) return undefined;
  return { id, tags: tagsOf((await rds.listTagsForResource({ ResourceName })).TagList) };
};

export const databaseSubnetGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const rds = await ports.aws.rds();
  const asked = rds.describeDBSubnetGroups({ DBSubnetGroupName: id });
  const answer = await unlessAbsent(asked, "DBSubnetGroupNotFoundFault");
  const ResourceName = answer?.DBSubnetGroups?.[0]?.DBSubnetGroupArn;
  if (ResourceName === undefined) return undefined;
  return { id, tags: tagsOf((await rds.listTagsForResource({ ResourceName })).TagList) };
};

/** Identifiers are unique in a region. */
export const replicationGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "replication_group_id") ?? "";
  const caches = await ports.aws.elasticache();
  const asked = caches.describeReplicationGroups({ ReplicationGroupId: id });
  const found = (await unlessAbsent(asked, "ReplicationGroupNotFoundFault"))?.ReplicationGroups?.[0];
  if (found?.ARN === undefined) return undefined;
  // Tags of a group that is being made cannot be asked for.
  const pending = unlessStatus("available", found.Status);
  const { TagList } = await caches.listTagsForResource({ ResourceName: found.ARN });
  return { id, tags: tagsOf(TagList), ...pending };
};

export const cacheSubnetGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const caches = await ports.aws.elasticache();
  const asked = caches.describeCacheSubnetGroups({ CacheSubnetGroupName: id });
  const answer = await unlessAbsent(asked, "CacheSubnetGroupNotFoundFault");
  const ResourceName = answer?.CacheSubnetGroups?.[0]?.ARN;
  if (ResourceName === undefined) return undefined;
  return { id, tags: tagsOf((await caches.listTagsForResource({ ResourceName })).TagList) };
};

function unlessStatus(settled: string, status: string | undefined): { readonly pending?: string } {
  return status === undefined || status === settled ? {} : { pending: status };
}
