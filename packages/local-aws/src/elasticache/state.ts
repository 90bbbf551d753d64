import type { ParameterGroup as SharedParameterGroup } from "../database-services/parameter-groups.ts";
import type { Shelf } from "../database-services/shelf.ts";
import type { SubnetGroup } from "../database-services/subnet-groups.ts";
import type { Tags } from "../database-services/tags.ts";

/** What the store keeps; times are ISO 8601. */
export interface CacheState {
  readonly groups: Shelf<ReplicationGroup>;
  readonly clusters: Shelf<CacheCluster>;
  readonly subnetGroups: Shelf<SubnetGroup>;
  readonly parameterGroups: Shelf<ParameterGroup>;
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

/** A memcached server that is part of no group. */
export interface CacheCluster {
  readonly arn: string;
  readonly id: string;
  readonly status: "creating" | "available" | "deleting" | "create-failed";
  readonly createdAt: string;
  /** In full, e.g. `1.6.22`. */
  readonly engineVersion: string;
  readonly port: number;
  readonly tls: boolean;
  readonly subnetGroup: string;
  readonly securityGroups: readonly string[];
  readonly zone: string | undefined;
  readonly nodeType: string;
  readonly autoMinorVersionUpgrade: boolean;
  readonly maintenanceWindow: string;
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

/** What is kept of each parameter: its value. */
export type ParameterGroup = SharedParameterGroup<string>;

export const emptyState: CacheState = { groups: {}, clusters: {}, subnetGroups: {}, parameterGroups: {} };
