/** A task that has stopped, as far as it tells why. */
export interface StoppedTask {
  readonly arn: string;
  /** ECS's `stopCode`: `TaskFailedToStart`, `EssentialContainerExited`, `ServiceSchedulerInitiated` … */
  readonly code: string;
  readonly reason: string;
  readonly containers: readonly StoppedContainer[];
}

export interface StoppedContainer {
  readonly name: string;
  readonly exitCode?: number;
  readonly reason?: string;
}

/** Why a deployment cannot succeed. */
export type RolloutCause =
  | { readonly kind: "image"; readonly task: StoppedTask }
  | { readonly kind: "secret"; readonly task: StoppedTask }
  | { readonly kind: "memory"; readonly task: StoppedTask }
  | { readonly kind: "health"; readonly task: StoppedTask }
  | { readonly kind: "start"; readonly task: StoppedTask }
  | { readonly kind: "exit"; readonly task: StoppedTask; readonly exitCode: number }
  | { readonly kind: "overruled"; readonly reason: string; readonly task?: StoppedTask }
  | { readonly kind: "timeout"; readonly message: string };

/**
 * The first decisive cause among stopped tasks: some will not mend themselves however often ECS tries again, the others count
 * the second time. Reasons are ECS's own
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html).
 */
export function causeOfStop(stopped: readonly StoppedTask[]): RolloutCause | undefined {
  const causes = stopped.flatMap((task) => causeOfTask(task) ?? []);
  const decisive = causes.find((cause) => cause.kind !== "exit" && cause.kind !== "start");
  return decisive ?? (causes.length > 1 ? causes.at(-1) : undefined);
}

/** Undefined for a task that was stopped because it was no longer wanted. */
function causeOfTask(task: StoppedTask): RolloutCause | undefined {
  const reasons = [task.reason, ...task.containers.map((one) => one.reason ?? "")].join("\n");
  if (/CannotPull|ImagePull|registry auth from|ecr registry auth/.test(reasons))
    return { kind: "image", task };
  if (/ResourceInitializationError.*secret/i.test(reasons)) return { kind: "secret", task };
  if (/OutOfMemory/.test(reasons)) return { kind: "memory", task };
  if (/failed (ELB|container) health checks/i.test(reasons)) return { kind: "health", task };
  if (task.code === "TaskFailedToStart") return { kind: "start", task };
  const ended = task.containers.find((one) => one.exitCode !== undefined);
  if (task.code !== "EssentialContainerExited" || ended?.exitCode === undefined) return undefined;
  return { kind: "exit", task, exitCode: ended.exitCode };
}

/** The cause in the reader's words: one sentence, and the way out. */
export function explainCause(
  service: string,
  cause: RolloutCause,
): { readonly message: string; readonly hint: string } {
  switch (cause.kind) {
    case "image":
      return {
        message: `The image cannot be pulled: ${detailOf(cause.task)}`,
        hint: "Run `freehold up` again, which pushes it; where it stays away, check the way out of the network.",
      };
    case "secret":
      return {
        message: `A secret cannot be read: ${detailOf(cause.task)}`,
        hint: "See which are set with `freehold secrets ls`.",
      };
    case "memory":
      return {
        message: "The container ran out of memory and was killed.",
        hint: `Give it more: services.${service}.deploy.resources.limits.memory.`,
      };
    case "health":
      return {
        message: `The container starts but does not pass its health check: ${detailOf(cause.task)}`,
        hint: `Check services.${service}.x-freehold.health, and that it listens on its port on all addresses.`,
      };
    case "start":
      return { message: `The task cannot start: ${detailOf(cause.task)}`, hint: "See `freehold status`." };
    case "exit":
      return explainExit(cause.exitCode);
    case "overruled":
      return {
        message: `AWS gave the deployment up: ${cause.reason}`,
        hint: "See `freehold status` and `freehold logs`.",
      };
    case "timeout":
      return {
        message: `The service did not become steady: ${cause.message}`,
        hint: "See `freehold status`.",
      };
  }
}

function explainExit(code: number) {
  const hint =
    code === 0
      ? "A service has to keep running; what runs once is a cron, or a `release` command."
      : "Its last lines are above; `freehold logs` has more.";
  return { message: `The container ends by itself with exit code ${code}, again and again.`, hint };
}

function detailOf(task: StoppedTask): string {
  const container = task.containers.find((one) => one.reason !== undefined && one.reason !== "");
  return container?.reason ?? task.reason;
}
