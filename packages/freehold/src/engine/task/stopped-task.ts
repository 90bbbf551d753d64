import type { Task } from "@aws-sdk/client-ecs";

/** A task that has stopped, as far as it tells why. */
export interface StoppedTask {
  readonly arn: string;
  /** ECS's `stopCode`: `TaskFailedToStart`, `EssentialContainerExited`, `ServiceSchedulerInitiated` … */
  readonly code: string;
  readonly reason: string;
  readonly containers: readonly StoppedContainer[];
  /** The deployment that started it, where one did. */
  readonly startedBy?: string;
  /** Milliseconds since 1970. */
  readonly stoppedAt?: number;
}

export interface StoppedContainer {
  readonly name: string;
  readonly exitCode?: number;
  readonly reason?: string;
}

export function stoppedTask(task: Task): StoppedTask {
  return {
    arn: task.taskArn ?? "",
    code: task.stopCode ?? "",
    reason: task.stoppedReason ?? "",
    containers: (task.containers ?? []).map((one) => ({
      name: one.name ?? "",
      ...(one.exitCode === undefined ? {} : { exitCode: one.exitCode }),
      ...(one.reason === undefined ? {} : { reason: one.reason }),
    })),
    ...(task.startedBy === undefined ? {} : { startedBy: task.startedBy }),
    ...(task.stoppedAt === undefined ? {} : { stoppedAt: task.stoppedAt.getTime() }),
  };
}
