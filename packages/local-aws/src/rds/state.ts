import type { DBInstance, DBSnapshot } from "@aws-sdk/client-rds";
import type { ParameterGroup as SharedParameterGroup } from "../database-services/parameter-groups.ts";
import type { Shelf } from "../database-services/shelf.ts";
import type { SubnetGroup } from "../database-services/subnet-groups.ts";
import type { Tags } from "../database-services/tags.ts";
import type { EngineName } from "./engines.ts";

/** What the store keeps; times are ISO 8601. */
export interface RdsState {
  readonly instances: Shelf<Instance>;
  readonly snapshots: Shelf<Snapshot>;
  readonly subnetGroups: Shelf<SubnetGroup>;
  readonly parameterGroups: Shelf<ParameterGroup>;
}

/** Members that are recorded and answered as they were given: nothing on a laptop depends on them. */
export const recordedMembers = [
  "DBInstanceClass",
  "AllocatedStorage",
  "MaxAllocatedStorage",
  "StorageType",
  "Iops",
  "StorageThroughput",
  "StorageEncrypted",
  "KmsKeyId",
  "BackupRetentionPeriod",
  "PreferredBackupWindow",
  "PreferredMaintenanceWindow",
  "MultiAZ",
  "AutoMinorVersionUpgrade",
  "LicenseModel",
  "PubliclyAccessible",
  "CACertificateIdentifier",
  "CopyTagsToSnapshot",
  "MonitoringInterval",
  "MonitoringRoleArn",
  "DatabaseInsightsMode",
  "PerformanceInsightsEnabled",
  "PerformanceInsightsKMSKeyId",
  "PerformanceInsightsRetentionPeriod",
  "DeletionProtection",
  "NetworkType",
  "AvailabilityZone",
] as const satisfies readonly (keyof DBInstance)[];
export type Recorded = Readonly<Pick<DBInstance, (typeof recordedMembers)[number]>>;

export type InstanceStatus =
  | "creating"
  | "available"
  | "modifying"
  | "rebooting"
  | "starting"
  | "stopping"
  | "stopped"
  | "backing-up"
  | "deleting"
  | "failed";

export interface Instance {
  readonly arn: string;
  readonly id: string;
  /** `db-…`, unique for all time. */
  readonly resourceId: string;
  readonly address: string;
  readonly port: number;
  readonly status: InstanceStatus;
  readonly createdAt: string;
  readonly engine: EngineName;
  /** E.g. `17` or `10.11`; chooses the image. */
  readonly major: string;
  /** As the server itself says once it runs, or as it was asked for down to the minor version. */
  readonly engineVersion: string;
  readonly isMinorPinned: boolean;
  readonly masterUsername: string;
  /** Of a new master password, until the server has it. */
  readonly verifier?: string;
  readonly dbName?: string;
  readonly subnetGroup: string;
  readonly parameterGroup: string;
  readonly securityGroups: readonly string[];
  readonly logExports: readonly string[];
  readonly recorded: Recorded;
  readonly tags: Tags;
}

export interface Snapshot {
  readonly arn: string;
  readonly id: string;
  readonly status: "creating" | "available" | "deleting" | "failed";
  readonly type: "manual" | "automated";
  readonly createdAt: string;
  /** The instance as it was. */
  readonly instance: Instance;
  readonly vpcId?: DBSnapshot["VpcId"];
  readonly tags: Tags;
}

/** What is kept of each parameter: its value and when it counts. */
export type ParameterGroup = SharedParameterGroup<ParameterValue>;

export interface ParameterValue {
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

export const emptyState: RdsState = { instances: {}, snapshots: {}, subnetGroups: {}, parameterGroups: {} };
