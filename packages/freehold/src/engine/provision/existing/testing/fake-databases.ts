import { found, Items, type World } from "./world.ts";

export function rds({ named, tagsOf }: World) {
  return {
    describeDBInstances: ({ DBInstanceIdentifier }: { DBInstanceIdentifier: string }) => {
      const one = found(named("aws_db_instance", DBInstanceIdentifier), "DBInstanceNotFoundFault");
      return { DBInstances: [{ DBInstanceStatus: one.state ?? "available", TagList: Items(one.tags) }] };
    },
    describeDBParameterGroups: ({ DBParameterGroupName: name }: { DBParameterGroupName: string }) => {
      const one = found(named("aws_db_parameter_group", name), "DBParameterGroupNotFoundFault");
      return { DBParameterGroups: [{ DBParameterGroupArn: one.id }] };
    },
    describeDBSubnetGroups: ({ DBSubnetGroupName: name }: { DBSubnetGroupName: string }) => {
      const one = found(named("aws_db_subnet_group", name), "DBSubnetGroupNotFoundFault");
      return { DBSubnetGroups: [{ DBSubnetGroupArn: one.id }] };
    },
    listTagsForResource: ({ ResourceName }: { ResourceName: string }) => ({
      TagList: Items(tagsOf(ResourceName)),
    }),
  };
}

export function elasticache({ named, tagsOf }: World) {
  return {
    describeReplicationGroups: ({ ReplicationGroupId }: { ReplicationGroupId: string }) => {
      const one = found(
        named("aws_elasticache_replication_group", ReplicationGroupId),
        "ReplicationGroupNotFoundFault",
      );
      return { ReplicationGroups: [{ ARN: one.id, Status: one.state ?? "available" }] };
    },
    describeCacheClusters: ({ CacheClusterId }: { CacheClusterId: string }) => {
      const one = found(named("aws_elasticache_cluster", CacheClusterId), "CacheClusterNotFoundFault");
      return { CacheClusters: [{ ARN: one.id, CacheClusterStatus: one.state ?? "available" }] };
    },
    describeCacheSubnetGroups: ({ CacheSubnetGroupName: name }: { CacheSubnetGroupName: string }) => {
      const one = found(named("aws_elasticache_subnet_group", name), "CacheSubnetGroupNotFoundFault");
      return { CacheSubnetGroups: [{ ARN: one.id }] };
    },
    listTagsForResource: ({ ResourceName }: { ResourceName: string }) => ({
      TagList: Items(tagsOf(ResourceName)),
    }),
  };
}
