import type { Tags } from "../database-services/tags.ts";
/** What the store keeps; everything by its ARN, which holds account, region and name. Times are ISO 8601. */
export interface CacheState {
  readonly groups: Readonly<Record<string, ReplicationGroup>>;
  readonly subnetGroups: Readonly<Record<string, SubnetGroup>>;
  readonly parameterGroups: Readonly<Record<string, ParameterGroup>>;
}

export type Engine = "valkey" | "redis";

export interface ReplicationGroup {
  readonly arn: string;
  readonly id: string;
  readonly status: "creating" | "available" | "modifying" | "deleting" | "create-failed";
  readonly createdAt: string;
  readonly description: string;
  readonly engine: Engine;
  /** In full, e.g. `8.0.1`. */
  readonly engineVersion: string;
  readonly port: number;
  /** One primary, then its replicas. */
  readonly memberCount: number;
  readonly tls: boolean;
  readonly auth: Auth;
  readonly subnetGroup: string;
  readonly parameterGroup: string;
  readonly securityGroups: readonly string[];
  readonly zones: readonly string[];
  /** What is recorded and answered as it was given. */
  readonly recorded: Recorded;
  /** Password of the servers' own user, for replication and for us; never an answer. */
  readonly operator: string;
  readonly tags: Tags;
}

/** SHA-256 of the tokens that the servers take, the newest last; two while one replaces the other. */
export interface Auth {
  readonly tokens: readonly string[];
  /** Whether clients without a token are let in as well. */
  readonly open: boolean;
  readonly modifiedAt?: string;
}

export interface Recorded {
  readonly nodeType: string;
  readonly automaticFailover: boolean;
  readonly multiZone: boolean;
  readonly atRestEncryption: boolean;
  readonly kmsKeyId?: string;
  readonly autoMinorVersionUpgrade: boolean;
  readonly maintenanceWindow: string;
  readonly snapshotWindow: string;
  readonly snapshotRetention: number;
  readonly notificationTopic?: string;
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
  readonly values: Readonly<Record<string, string>>;
  readonly tags: Tags;
}

export const emptyState: CacheState = { groups: {}, subnetGroups: {}, parameterGroups: {} };
