import type { ElastiCache } from "@aws-sdk/client-elasticache";
import type { RDS } from "@aws-sdk/client-rds";
import { type Find, tagsOf, textOf, unlessAbsent } from "./sought.ts";

/** Identifiers are unique in a region. */
export const databaseInstance: Find = async (sought, ports) => {
  const id = textOf(sought, "identifier") ?? "";
  const rds = await ports.aws.rds();
  const asked = rds.describeDBInstances({ DBInstanceIdentifier: id });
  const found = (await unlessAbsent(asked, "DBInstanceNotFoundFault"))?.DBInstances?.[0];
  return found && { id, tags: tagsOf(found.TagList), ...unlessAvailable(found.DBInstanceStatus) };
};

export const databaseParameterGroup = databaseGroup(async (rds, DBParameterGroupName) => {
  const asked = rds.describeDBParameterGroups({ DBParameterGroupName });
  const answer = await unlessAbsent(asked, "DBParameterGroupNotFoundFault");
  return answer?.DBParameterGroups?.[0]?.DBParameterGroupArn;
});

export const databaseSubnetGroup = databaseGroup(async (rds, DBSubnetGroupName) => {
  const asked = rds.describeDBSubnetGroups({ DBSubnetGroupName });
  const answer = await unlessAbsent(asked, "DBSubnetGroupNotFoundFault");
  return answer?.DBSubnetGroups?.[0]?.DBSubnetGroupArn;
});

function databaseGroup(arnOf: (rds: RDS, name: string) => Promise<string | undefined>): Find {
  return async (sought, ports) => {
    const id = textOf(sought, "name") ?? "";
    const rds = await ports.aws.rds();
    const ResourceName = await arnOf(rds, id);
    if (ResourceName === undefined) return undefined;
    return { id, tags: tagsOf((await rds.listTagsForResource({ ResourceName })).TagList) };
  };
}

/** Identifiers are unique in a region. */
export const replicationGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "replication_group_id") ?? "";
  const caches = await ports.aws.elasticache();
  const asked = caches.describeReplicationGroups({ ReplicationGroupId: id });
  const found = (await unlessAbsent(asked, "ReplicationGroupNotFoundFault"))?.ReplicationGroups?.[0];
  if (found?.ARN === undefined) return undefined;
  // One that is being made does not tell its tags; its name, with our hash in it, must do until then.
  const tags = await unlessAbsent(cacheTags(caches, found.ARN), "InvalidReplicationGroupStateFault");
  return { id, ...(tags === undefined ? {} : { tags }), ...unlessAvailable(found.Status) };
};

/** Identifiers are unique in a region. */
export const cacheCluster: Find = async (sought, ports) => {
  const id = textOf(sought, "cluster_id") ?? "";
  const caches = await ports.aws.elasticache();
  const asked = caches.describeCacheClusters({ CacheClusterId: id });
  const found = (await unlessAbsent(asked, "CacheClusterNotFoundFault"))?.CacheClusters?.[0];
  if (found?.ARN === undefined) return undefined;
  const tags = await unlessAbsent(cacheTags(caches, found.ARN), "CacheClusterNotFoundFault");
  return { id, ...(tags === undefined ? {} : { tags }), ...unlessAvailable(found.CacheClusterStatus) };
};

export const cacheSubnetGroup: Find = async (sought, ports) => {
  const id = textOf(sought, "name") ?? "";
  const caches = await ports.aws.elasticache();
  const asked = caches.describeCacheSubnetGroups({ CacheSubnetGroupName: id });
  const answer = await unlessAbsent(asked, "CacheSubnetGroupNotFoundFault");
  const arn = answer?.CacheSubnetGroups?.[0]?.ARN;
  return arn === undefined ? undefined : { id, tags: await cacheTags(caches, arn) };
};

async function cacheTags(caches: ElastiCache, ResourceName: string) {
  return tagsOf((await caches.listTagsForResource({ ResourceName })).TagList);
}

function unlessAvailable(status: string | undefined): { readonly pending?: string } {
  return status === undefined || status === "available" ? {} : { pending: status };
}
