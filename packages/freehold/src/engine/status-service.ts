import type { Service } from "@aws-sdk/client-ecs";
import type { StoppedTask } from "./deploy/cause.ts";
import type { Rollout } from "./deploy/rollout.ts";
import { taskId } from "./task/task-logs.ts";

export interface ServiceStatus {
  readonly name: string;
  readonly type: "site" | "web" | "worker" | "cron";
  /** In a word or two: `steady`, `moving`, `failing`, `stopped`, `scheduled`, `served`, `not released`. */
  readonly state: string;
  /** `<repository>@sha256:…` of the live release, and the release that last changed the service. */
  readonly image?: string;
  readonly changedIn?: string;
  readonly running?: number;
  readonly desired?: number;
  /** What ECS says of its deployment, where it is not simply complete. */
  readonly rollout?: string;
  /** A cron's, as the user wrote it. */
  readonly schedule?: string;
  /** A site's. */
  readonly url?: string;
  readonly tasks: readonly { readonly id: string; readonly state: string; readonly startedAt?: string }[];
  /** Health behind the load balancer. */
  readonly targets: Rollout["targets"];
  /** Tasks that died within the last hour, newest first, and why. */
  readonly stopped: readonly { readonly id: string; readonly reason: string; readonly exitCode?: number }[];
}

/** What was seen of an ECS service. */
export interface RunningService {
  /** Undefined when there is no such service. */
  readonly service: Service | undefined;
  readonly running: readonly { readonly arn: string; readonly state: string; readonly startedAt?: string }[];
  readonly stopped: readonly StoppedTask[];
  readonly targets: Rollout["targets"];
}

/** The part of a service's status that ECS and the load balancer tell. */
export function serviceStatus(seen: RunningService): Omit<ServiceStatus, "name" | "type"> {
  const { service } = seen;
  const primary = service?.deployments?.find((one) => one.status === "PRIMARY");
  const rollout = primary?.rolloutState === "COMPLETED" ? undefined : primary?.rolloutStateReason;
  return {
    state: stateOf(seen, primary?.rolloutState),
    running: service?.runningCount ?? 0,
    desired: service?.desiredCount ?? 0,
    ...(rollout === undefined ? {} : { rollout }),
    tasks: seen.running.map(({ arn, ...task }) => ({ id: taskId(arn), ...task })),
    targets: seen.targets.filter(isInService),
    stopped: seen.stopped.filter(isDeath).map(death).reverse().slice(0, 5),
  };
}

function stateOf({ service, targets }: RunningService, rollout: string | undefined): string {
  if (service === undefined) return "missing";
  const { desiredCount = 0, runningCount = 0 } = service;
  if (rollout === "FAILED") return "failing";
  if (rollout === "IN_PROGRESS") return "moving";
  if (desiredCount === 0) return "stopped";
  const isHealthy = targets.filter(isInService).every((target) => target.state === "healthy");
  return runningCount >= desiredCount && isHealthy ? "steady" : "failing";
}

function isInService(target: { readonly state: string }): boolean {
  return target.state !== "draining";
}

/** Tasks that ECS stopped because it wanted fewer, or newer ones, did not die. */
function isDeath(task: StoppedTask): boolean {
  return task.code !== "ServiceSchedulerInitiated" || /failed .*health checks/i.test(task.reason);
}

function death(task: StoppedTask): ServiceStatus["stopped"][number] {
  const container = task.containers.find((one) => one.exitCode !== undefined || one.reason !== undefined);
  const ended = task.code === "EssentialContainerExited" && container?.exitCode !== undefined;
  const reason = container?.reason ?? (ended ? `ended with exit code ${container.exitCode}` : task.reason);
  return {
    id: taskId(task.arn),
    reason,
    ...(container?.exitCode === undefined ? {} : { exitCode: container.exitCode }),
  };
}
