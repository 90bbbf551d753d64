import type {
  AwsVpcConfiguration,
  HealthStatus,
  LoadBalancer,
  TaskOverride,
  TaskStopCode,
} from "@aws-sdk/client-ecs";
import type { Membership } from "./membership.ts";

/** See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html. */
export type TaskStatus =
  | "PROVISIONING"
  | "PENDING"
  | "ACTIVATING"
  | "RUNNING"
  | "DEACTIVATING"
  | "STOPPING"
  | "DEPROVISIONING"
  | "STOPPED";

export interface TaskContainer {
  readonly name: string;
  readonly arn: string;
  readonly image: string;
  readonly imageDigest?: string | undefined;
  /** Docker's id. */
  readonly runtimeId?: string | undefined;
  readonly lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  readonly health: HealthStatus;
  /** Whether the definition has a health check. */
  readonly checked: boolean;
  readonly essential: boolean;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly cpu: number;
  readonly memory?: number | undefined;
  readonly memoryReservation?: number | undefined;
}

/** The network interface of a task: the pause container's end of the bridge that stands for the VPC. */
export interface NetworkInterface {
  readonly attachmentId: string;
  readonly interfaceId: string;
  readonly subnetId: string;
  readonly status: "PRECREATED" | "ATTACHED" | "DELETED";
  readonly macAddress?: string | undefined;
  readonly address?: string | undefined;
}

/** Why a task is to stop, or did. */
export interface Stop {
  readonly code: TaskStopCode;
  readonly reason: string;
}

/** A task; instants are milliseconds since 1970, `cpu` CPU units, `memory` MiB. */
export interface Task {
  readonly arn: string;
  readonly id: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly family: string;
  /** `service:<name>` or `family:<name>` unless the caller named one. */
  readonly group: string;
  readonly serviceArn?: string | undefined;
  /** Service tasks carry their deployment's id here. */
  readonly startedBy?: string | undefined;
  readonly launchType?: string | undefined;
  readonly capacityProvider?: string | undefined;
  readonly lastStatus: TaskStatus;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly version: number;
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly containers: readonly TaskContainer[];
  readonly overrides: TaskOverride;
  readonly network: AwsVpcConfiguration;
  readonly networkInterface: NetworkInterface;
  /** Availability zone of its subnet. */
  readonly zone?: string | undefined;
  /** Where the task is, or will be, a target. */
  readonly loadBalancers: readonly LoadBalancer[];
  /** What Service Connect gave it when it started. */
  readonly connect?: Membership | undefined;
  /** ARNs of the Cloud Map services that know it while it runs. */
  readonly registries?: readonly string[] | undefined;
  readonly enableExecuteCommand: boolean;
  readonly stop?: Stop | undefined;
  readonly createdAt: number;
  readonly connectivityAt?: number | undefined;
  readonly pullStartedAt?: number | undefined;
  readonly pullStoppedAt?: number | undefined;
  readonly startedAt?: number | undefined;
  readonly stoppingAt?: number | undefined;
  readonly executionStoppedAt?: number | undefined;
  readonly stoppedAt?: number | undefined;
}

/** On its way up, counted as pending. */
export function isStarting({ lastStatus }: Task): boolean {
  return lastStatus === "PROVISIONING" || lastStatus === "PENDING" || lastStatus === "ACTIVATING";
}

/** A task is HEALTHY when all its essential checked containers are, UNKNOWN when none is checked. */
export function taskHealth({ containers }: Task): HealthStatus {
  const checked = containers.filter((container) => container.essential && container.checked);
  if (checked.some(({ health }) => health === "UNHEALTHY")) return "UNHEALTHY";
  return checked.length > 0 && checked.every(({ health }) => health === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
}
