import type {
  LifecyclePolicy,
  PerformanceMode,
  PosixUser,
  RootDirectory,
  ThroughputMode,
} from "@aws-sdk/client-efs";
import type { Store } from "../platform.ts";

/** What the store keeps, by id. Times are ISO 8601. */
export interface EfsState {
  readonly fileSystems: Readonly<Record<string, FileSystem>>;
  readonly mountTargets: Readonly<Record<string, MountTarget>>;
  readonly accessPoints: Readonly<Record<string, AccessPoint>>;
}

type Tags = Readonly<Record<string, string>>;

export interface FileSystem {
  readonly id: string;
  readonly arn: string;
  readonly creationToken: string;
  readonly createdAt: string;
  readonly performanceMode: PerformanceMode;
  readonly throughputMode: ThroughputMode;
  readonly provisionedThroughput?: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId?: string | undefined;
  readonly isBackedUp: boolean;
  readonly lifecycle: readonly LifecyclePolicy[];
  /** JSON, as it was put. */
  readonly policy?: string | undefined;
  readonly tags: Tags;
}

export interface MountTarget {
  readonly id: string;
  readonly fileSystemId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly address: string;
  readonly networkInterfaceId: string;
  readonly groups: readonly string[];
}

export interface AccessPoint {
  readonly id: string;
  readonly arn: string;
  readonly fileSystemId: string;
  readonly clientToken: string;
  readonly posixUser?: PosixUser | undefined;
  readonly rootDirectory: RootDirectory;
  readonly tags: Tags;
}

export type EfsStore = Store<EfsState>;

export const emptyState: EfsState = { fileSystems: {}, mountTargets: {}, accessPoints: {} };

/** The record without one of its keys. */
export function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
}
