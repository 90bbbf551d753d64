import type { Service } from "@aws-sdk/client-ecs";
import type { Service as AnyService } from "../app/application.ts";
import type { Rollout } from "./deploy/rollout.ts";
import { detailOf, explainExitCode, stopCause } from "./task/stop-cause.ts";
import type { StoppedTask } from "./task/stopped-task.ts";
import { taskId } from "./task/task-logs.ts";

export interface ServiceStatus {
  readonly name: string;
  readonly type: AnyService["type"];
  /** In a word or two: `steady`, `moving`, `starting`, `failing`, `stopped`, `scheduled`, `ready`, `served`, `not released`. */
  readonly state: string;
  /** `<repository>@sha256:…` of the live release, and the release that last changed the service. */
  readonly image?: string;
  readonly changedIn?: string;
  readonly running?: number;
  readonly desired?: number;
  /** What ECS says of its deployment, where it gave that up. */
  readonly rollout?: string;
  /** A cron's, as the user wrote it. */
  readonly schedule?: string;
  /** A site's. */
  readonly url?: string;
  readonly tasks: readonly { readonly id: string; readonly state: string; readonly startedAt?: string }[];
  /** Health behind the load balancer. */
  readonly targets: Rollout["targets"];
  /** Tasks that died within the last hour, newest first, and why. */
  readonly stopped: readonly {
    readonly id: string;
    readonly reason: string;
    readonly exitCode?: number;
    readonly stoppedAt?: string;
  }[];
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
  const rollout = primary?.rolloutState === "FAILED" ? primary.rolloutStateReason : undefined;
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
  const states = targets.filter(isInService).map((target) => target.state);
  const isWhole = runningCount === desiredCount && states.every((state) => state === "healthy");
  if (rollout === "FAILED") return "failing";
  if (rollout === "IN_PROGRESS" && !isWhole) return "moving";
  if (desiredCount === 0) return "stopped";
  if (isWhole) return "steady";
  return states.includes("initial") && !states.includes("unhealthy") ? "starting" : "failing";
}

function isInService(target: { readonly state: string }): boolean {
  return target.state !== "draining";
}

/** Tasks that ECS stopped because it wanted fewer, or newer ones, did not die. */
function isDeath(task: StoppedTask): boolean {
  return task.code !== "ServiceSchedulerInitiated" || stopCause(task) !== undefined;
}

function death(task: StoppedTask): ServiceStatus["stopped"][number] {
  const container = task.containers.find((one) => one.exitCode !== undefined);
  return {
    id: taskId(task.arn),
    reason: reasonOf(task),
    ...(container?.exitCode === undefined ? {} : { exitCode: container.exitCode }),
    ...(task.stoppedAt === undefined ? {} : { stoppedAt: new Date(task.stoppedAt).toISOString() }),
  };
}

/** In a few words. */
function reasonOf(task: StoppedTask): string {
  const cause = stopCause(task);
  switch (cause?.kind) {
    case "exit":
      return `ended with ${explainExitCode(cause.exitCode)}`;
    case "memory":
      return "needed more memory than it may have, and was killed";
    case "health":
      return "did not pass its health check";
    default:
      return detailOf(task);
  }
}
