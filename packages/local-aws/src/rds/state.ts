import type { DBInstance, DBSnapshot } from "@aws-sdk/client-rds";
import type { Tags } from "../database-services/tags.ts";

/** What the store keeps; everything by its ARN, which holds account, region and name. Times are ISO 8601. */
export interface RdsState {
  readonly instances: Readonly<Record<string, Instance>>;
  readonly snapshots: Readonly<Record<string, Snapshot>>;
  readonly subnetGroups: Readonly<Record<string, SubnetGroup>>;
  readonly parameterGroups: Readonly<Record<string, ParameterGroup>>;
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
  /** E.g. `17`; chooses the image. */
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

export interface SubnetGroup {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  readonly tags: Tags;
}

export interface ParameterGroup {
  readonly arn: string;
  readonly name: string;
  readonly family: string;
  readonly description: string;
  /** Set by the user, by parameter name. */
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly tags: Tags;
}

export interface ParameterValue {
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

export const emptyState: RdsState = { instances: {}, snapshots: {}, subnetGroups: {}, parameterGroups: {} };
