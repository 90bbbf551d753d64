import type { DBInstance, DBSnapshot } from "@aws-sdk/client-rds";
import { tagList } from "../database-services/tags.ts";
import { defaultOptionGroup, type Engine, engineNamed, familyOf } from "./engines.ts";
import type { Instance, RdsState, Snapshot } from "./state.ts";
import { describeSubnetGroup } from "./subnet-groups.ts";

/** An instance as RDS answers it; it has an endpoint once its server was first seen to answer. */
export function describeInstance(state: RdsState, instance: Instance): DBInstance {
  const group = state.subnetGroups[instance.subnetGroup];
  return {
    ...instance.recorded,
    DBInstanceIdentifier: instance.id,
    DBInstanceArn: instance.arn,
    DbiResourceId: instance.resourceId,
    DBInstanceStatus: instance.status,
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    MasterUsername: instance.masterUsername,
    DBName: instance.dbName,
    InstanceCreateTime: new Date(instance.createdAt),
    ...(instance.status === "creating"
      ? {}
      : { Endpoint: { Address: instance.address, Port: instance.port, HostedZoneId: "Z1RLNUO7B9Q6NB" } }),
    DbInstancePort: 0,
    DBSubnetGroup: group === undefined ? undefined : describeSubnetGroup(group),
    VpcSecurityGroups: instance.securityGroups.map((id) => ({ VpcSecurityGroupId: id, Status: "active" })),
    DBParameterGroups: [
      { DBParameterGroupName: instance.parameterGroup.split(":pg:")[1], ParameterApplyStatus: "in-sync" },
    ],
    OptionGroupMemberships: [{ OptionGroupName: optionGroupOf(instance), Status: "in-sync" }],
    DBSecurityGroups: [],
    DomainMemberships: [],
    ReadReplicaDBInstanceIdentifiers: [],
    AssociatedRoles: [],
    PendingModifiedValues: {},
    EnabledCloudwatchLogsExports: instance.logExports.length > 0 ? [...instance.logExports] : undefined,
    IAMDatabaseAuthenticationEnabled: false,
    CustomerOwnedIpEnabled: false,
    ActivityStreamStatus: "stopped",
    BackupTarget: "region",
    DedicatedLogVolume: false,
    ...lifecycle(instance),
    TagList: tagList(instance.tags),
  };
}

export function describeSnapshot(snapshot: Snapshot): DBSnapshot {
  const { instance } = snapshot;
  return {
    DBSnapshotIdentifier: snapshot.id,
    DBSnapshotArn: snapshot.arn,
    DBInstanceIdentifier: instance.id,
    DbiResourceId: instance.resourceId,
    SnapshotCreateTime: new Date(snapshot.createdAt),
    OriginalSnapshotCreateTime: new Date(snapshot.createdAt),
    InstanceCreateTime: new Date(instance.createdAt),
    Status: snapshot.status,
    PercentProgress: snapshot.status === "available" ? 100 : 0,
    SnapshotType: snapshot.type,
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    AllocatedStorage: instance.recorded.AllocatedStorage,
    StorageType: instance.recorded.StorageType,
    Encrypted: instance.recorded.StorageEncrypted,
    KmsKeyId: instance.recorded.KmsKeyId,
    LicenseModel: instance.recorded.LicenseModel,
    AvailabilityZone: instance.recorded.AvailabilityZone,
    MasterUsername: instance.masterUsername,
    Port: instance.port,
    VpcId: snapshot.vpcId,
    OptionGroupName: optionGroupOf(instance),
    IAMDatabaseAuthenticationEnabled: false,
    TagList: tagList(snapshot.tags),
  };
}

/** Names of the family's default group, by which an instance without a group of its own goes. */
export function defaultGroupName(engine: Engine, major: string): string {
  return `default.${familyOf(engine, major)}`;
}

function optionGroupOf({ engine, major }: Instance): string {
  return defaultOptionGroup(engineNamed(engine), major);
}

/** MariaDB has no Extended Support. */
function lifecycle({ engine }: Instance): Pick<DBInstance, "EngineLifecycleSupport"> {
  return engine === "mariadb" ? {} : { EngineLifecycleSupport: "open-source-rds-extended-support" };
}
