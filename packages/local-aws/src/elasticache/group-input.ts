import { randomBytes } from "node:crypto";
import type {
  CreateReplicationGroupMessage,
  ModifyReplicationGroupMessage,
} from "@aws-sdk/client-elasticache";
import { invalidCombination, invalidValue, notOffered } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import type { Call } from "../service.ts";
import { changedAuth, firstAuth } from "./auth.ts";
import { engineOf, versionOf } from "./engine.ts";
import { arnOf } from "./names.ts";
import { groupNamed } from "./parameter-groups.ts";
import type { CacheState, Engine, Recorded, ReplicationGroup } from "./state.ts";
import { subnetGroupNamed } from "./subnet-groups.ts";

/** @throws ServiceError for what ElastiCache refuses, and for what is not offered here. */
export function newReplicationGroup(
  state: CacheState,
  input: CreateReplicationGroupMessage,
  call: Call,
  createdAt: string,
): ReplicationGroup {
  requireOffered(input);
  const id = requireId(input.ReplicationGroupId);
  const engine = engineOf(input.Engine);
  const version = versionOf(engine, input.EngineVersion);
  const subnetGroup = subnetGroupNamed(state, input.CacheSubnetGroupName ?? "default", call);
  const tls = input.TransitEncryptionEnabled ?? false;
  const memberCount = input.NumCacheClusters ?? (input.ReplicasPerNodeGroup ?? 0) + 1;
  if (input.AutomaticFailoverEnabled === true && memberCount < 2) {
    throw invalidCombination("Automatic failover is not supported for replication groups without replicas.");
  }
  return {
    arn: arnOf(call, "replicationgroup", id),
    id,
    status: "creating",
    createdAt,
    description: input.ReplicationGroupDescription ?? "",
    engine,
    engineVersion: version.full,
    port: input.Port ?? 6379,
    memberCount,
    tls,
    auth: firstAuth({ token: input.AuthToken, tls, at: createdAt }),
    subnetGroup: subnetGroup.arn,
    parameterGroup: parameterGroupFor(state, input.CacheParameterGroupName, version.family, call),
    securityGroups: input.SecurityGroupIds ?? [],
    zones: subnetGroup.subnets.map((subnet) => subnet.zone),
    recorded: newRecord(input, engine),
    operator: randomBytes(32).toString("hex"),
    tags: tagRecord(input.Tags),
  };
}

/** The group after ModifyReplicationGroup; all of it at once, since no maintenance window comes to a laptop. */
export function modified(
  state: CacheState,
  group: ReplicationGroup,
  input: ModifyReplicationGroupMessage,
  call: Call,
  at: string,
): ReplicationGroup {
  requireModifiable(group, input);
  const change = { token: input.AuthToken, strategy: input.AuthTokenUpdateStrategy, tls: group.tls, at };
  const isAuthChange = input.AuthToken !== undefined || input.AuthTokenUpdateStrategy !== undefined;
  const version =
    input.EngineVersion === undefined ? undefined : versionOf(group.engine, input.EngineVersion);
  const family = (version ?? versionOf(group.engine, group.engineVersion)).family;
  return {
    ...group,
    status: "modifying",
    description: input.ReplicationGroupDescription ?? group.description,
    engineVersion: version?.full ?? group.engineVersion,
    auth: isAuthChange ? changedAuth(group.auth, change) : group.auth,
    parameterGroup:
      input.CacheParameterGroupName === undefined
        ? group.parameterGroup
        : parameterGroupFor(state, input.CacheParameterGroupName, family, call),
    securityGroups: input.SecurityGroupIds ?? group.securityGroups,
    recorded: changedRecord(group.recorded, input),
  };
}

function newRecord(input: CreateReplicationGroupMessage, engine: Engine): Recorded {
  const { KmsKeyId, NotificationTopicArn } = input;
  return {
    nodeType: input.CacheNodeType ?? "cache.t4g.micro",
    automaticFailover: input.AutomaticFailoverEnabled ?? false,
    multiZone: input.MultiAZEnabled ?? false,
    atRestEncryption: input.AtRestEncryptionEnabled ?? engine === "valkey",
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
    maintenanceWindow: input.PreferredMaintenanceWindow ?? "sun:05:00-sun:06:00",
    snapshotWindow: input.SnapshotWindow ?? "03:00-04:00",
    snapshotRetention: input.SnapshotRetentionLimit ?? 0,
    ...(KmsKeyId === undefined ? {} : { kmsKeyId: KmsKeyId }),
    ...(NotificationTopicArn === undefined ? {} : { notificationTopic: NotificationTopicArn }),
  };
}

function changedRecord(recorded: Recorded, input: ModifyReplicationGroupMessage): Recorded {
  const topic = input.NotificationTopicArn;
  return {
    ...recorded,
    nodeType: input.CacheNodeType ?? recorded.nodeType,
    automaticFailover: input.AutomaticFailoverEnabled ?? recorded.automaticFailover,
    multiZone: input.MultiAZEnabled ?? recorded.multiZone,
    autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? recorded.autoMinorVersionUpgrade,
    maintenanceWindow: input.PreferredMaintenanceWindow ?? recorded.maintenanceWindow,
    snapshotWindow: input.SnapshotWindow ?? recorded.snapshotWindow,
    snapshotRetention: input.SnapshotRetentionLimit ?? recorded.snapshotRetention,
    ...(topic === undefined ? {} : { notificationTopic: topic }),
  };
}

function parameterGroupFor(state: CacheState, name: string | undefined, family: string, call: Call): string {
  const group = groupNamed(state, name ?? `default.${family}`, call);
  if (group.family === family) return group.arn;
  throw invalidCombination(
    `Expected a parameter group of family ${family} but found one of family ${group.family}`,
  );
}

function requireId(id: string | undefined): string {
  const name = (id ?? "").toLowerCase();
  if (/^[a-z](-?[a-z0-9])*$/.test(name) && name.length <= 40) return name;
  throw invalidValue(`The parameter ReplicationGroupIdentifier is not a valid identifier: ${id}`);
}

function requireOffered(input: CreateReplicationGroupMessage): void {
  if ((input.NumNodeGroups ?? 1) > 1 || input.ClusterMode === "enabled") throw notOffered("cluster mode");
  if (input.UserGroupIds !== undefined) throw notOffered("UserGroupIds");
  if (input.TransitEncryptionMode === "preferred") throw notOffered("TransitEncryptionMode preferred");
  if (input.SnapshotArns !== undefined || input.SnapshotName !== undefined)
    throw notOffered("a snapshot to start from");
  if (input.GlobalReplicationGroupId !== undefined) throw notOffered("GlobalReplicationGroupId");
}

function requireModifiable(group: ReplicationGroup, input: ModifyReplicationGroupMessage): void {
  if (input.UserGroupIdsToAdd !== undefined) throw notOffered("UserGroupIdsToAdd");
  if ((input.TransitEncryptionEnabled ?? group.tls) !== group.tls)
    throw notOffered("a change of TransitEncryptionEnabled");
  if (input.TransitEncryptionMode === "preferred") throw notOffered("TransitEncryptionMode preferred");
  if ((input.Engine ?? group.engine) !== group.engine) throw notOffered("a change of Engine");
}
