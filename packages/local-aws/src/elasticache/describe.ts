import type { CacheCluster, NodeGroup, ReplicationGroup as SdkGroup } from "@aws-sdk/client-elasticache";
import { type Addresses, addressesOf, memberId } from "./names.ts";
import type { ReplicationGroup } from "./state.ts";

/** A group as ElastiCache answers it; it has endpoints once its servers were first seen to answer. */
export function describeGroup(group: ReplicationGroup): SdkGroup {
  const { recorded } = group;
  return {
    ReplicationGroupId: group.id,
    ARN: group.arn,
    Description: group.description,
    Status: group.status,
    ReplicationGroupCreateTime: new Date(group.createdAt),
    Engine: group.engine,
    PendingModifiedValues: {},
    MemberClusters: numbers(group).map((number) => memberId(group.id, number)),
    NodeGroups: group.status === "creating" ? undefined : [nodeGroup(group)],
    SnapshottingClusterId: recorded.snapshotRetention > 0 ? memberId(group.id, group.memberCount) : undefined,
    AutomaticFailover: recorded.automaticFailover ? "enabled" : "disabled",
    MultiAZ: recorded.multiZone ? "enabled" : "disabled",
    SnapshotRetentionLimit: recorded.snapshotRetention,
    SnapshotWindow: recorded.snapshotWindow,
    ClusterEnabled: false,
    ClusterMode: "disabled",
    CacheNodeType: recorded.nodeType,
    ...security(group),
    KmsKeyId: recorded.kmsKeyId,
    UserGroupIds: [],
    LogDeliveryConfigurations: [],
    DataTiering: "disabled",
    AutoMinorVersionUpgrade: recorded.autoMinorVersionUpgrade,
    NetworkType: "ipv4",
    IpDiscovery: "ipv4",
  };
}

/** The members of a group, each a cluster of one node. */
export function describeClusters(group: ReplicationGroup, withNodes: boolean): readonly CacheCluster[] {
  return numbers(group).map((number) => describeCluster(group, number, withNodes));
}

function describeCluster(group: ReplicationGroup, number: number, withNodes: boolean): CacheCluster {
  const { recorded } = group;
  const id = memberId(group.id, number);
  const topic = recorded.notificationTopic;
  return {
    CacheClusterId: id,
    ARN: group.arn.replace(/:replicationgroup:.*/, `:cluster:${id}`),
    CacheClusterStatus: group.status,
    CacheClusterCreateTime: new Date(group.createdAt),
    CacheNodeType: recorded.nodeType,
    Engine: group.engine,
    EngineVersion: group.engineVersion,
    NumCacheNodes: 1,
    PreferredAvailabilityZone: zoneOf(group, number),
    PreferredMaintenanceWindow: recorded.maintenanceWindow,
    PendingModifiedValues: {},
    NotificationConfiguration: topic === undefined ? undefined : { TopicArn: topic, TopicStatus: "active" },
    CacheSecurityGroups: [],
    CacheParameterGroup: {
      CacheParameterGroupName: group.parameterGroup.split(":parametergroup:")[1],
      ParameterApplyStatus: "in-sync",
      CacheNodeIdsToReboot: [],
    },
    CacheSubnetGroupName: group.subnetGroup.split(":subnetgroup:")[1],
    CacheNodes: withNodes ? [cacheNode(group, number)] : undefined,
    SecurityGroups: group.securityGroups.map((SecurityGroupId) => ({ SecurityGroupId, Status: "active" })),
    ReplicationGroupId: group.id,
    AutoMinorVersionUpgrade: recorded.autoMinorVersionUpgrade,
    SnapshotRetentionLimit: recorded.snapshotRetention,
    SnapshotWindow: recorded.snapshotWindow,
    ...security(group),
    ReplicationGroupLogDeliveryEnabled: false,
    LogDeliveryConfigurations: [],
    NetworkType: "ipv4",
    IpDiscovery: "ipv4",
  };
}

/** AUTH counts as enabled from the first ROTATE on. */
function security({ auth, tls, recorded }: ReplicationGroup) {
  return {
    AuthTokenEnabled: auth.tokens.length > 0,
    AuthTokenLastModifiedDate: auth.modifiedAt === undefined ? undefined : new Date(auth.modifiedAt),
    TransitEncryptionEnabled: tls,
    TransitEncryptionMode: tls ? ("required" as const) : undefined,
    AtRestEncryptionEnabled: recorded.atRestEncryption,
  };
}

function nodeGroup(group: ReplicationGroup): NodeGroup {
  const addresses = addressesOf(group);
  return {
    NodeGroupId: "0001",
    Status: group.status,
    PrimaryEndpoint: { Address: addresses.primary, Port: group.port },
    ReaderEndpoint: { Address: addresses.reader, Port: group.port },
    NodeGroupMembers: numbers(group).map((number) => ({
      CacheClusterId: memberId(group.id, number),
      CacheNodeId: "0001",
      ReadEndpoint: memberEndpoint(group, addresses, number),
      PreferredAvailabilityZone: zoneOf(group, number),
      CurrentRole: number === 1 ? "primary" : "replica",
    })),
  };
}

function cacheNode(group: ReplicationGroup, number: number) {
  return {
    CacheNodeId: "0001",
    CacheNodeStatus: group.status,
    CacheNodeCreateTime: new Date(group.createdAt),
    Endpoint: memberEndpoint(group, addressesOf(group), number),
    ParameterGroupStatus: "in-sync",
    CustomerAvailabilityZone: zoneOf(group, number),
  };
}

function memberEndpoint(group: ReplicationGroup, addresses: Addresses, number: number) {
  return { Address: addresses.member(number), Port: group.port };
}

function zoneOf({ zones }: ReplicationGroup, number: number): string | undefined {
  return zones[(number - 1) % Math.max(zones.length, 1)];
}

function numbers({ memberCount }: ReplicationGroup): readonly number[] {
  return Array.from({ length: memberCount }, (_, index) => index + 1);
}
