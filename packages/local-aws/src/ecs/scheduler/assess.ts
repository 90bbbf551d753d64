import { type Task, taskHealth } from "../tasks/task.ts";

/** State of a target as DescribeTargetHealth names it, by target group and address. */
export type TargetStates = ReadonlyMap<string, string>;

export function targetKey(groupArn: string, address: string, port: number): string {
  return `${groupArn} ${address}:${port}`;
}

/** What a task is worth to its service's scheduler. */
export type Condition =
  | { readonly kind: "starting" }
  /** Runs, and no verdict yet. */
  | { readonly kind: "settling" }
  | { readonly kind: "healthy" }
  | { readonly kind: "unhealthy"; readonly reason: string; readonly event: string }
  | { readonly kind: "stopping" };

export interface Sighting {
  readonly task: Task;
  readonly condition: Condition;
}

/** A task that nobody checks is taken for healthy when it has run this long: one that crashes at its start never is. */
export const settleMilliseconds = 5000;

/**
 * Judges a task; inside the grace period a failed check is no verdict yet.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html for the words.
 */
export function assess(task: Task, targets: TargetStates, graceSeconds: number, now: number): Condition {
  if (task.desiredStatus === "STOPPED") return { kind: "stopping" };
  if (task.lastStatus !== "RUNNING") return { kind: "starting" };
  const ran = now - (task.startedAt ?? now);
  const fault = containerFault(task) ?? targetFault(task, targets);
  if (fault !== undefined) return ran < graceSeconds * 1000 ? { kind: "settling" } : fault;
  return { kind: isProven(task, targets, ran) ? "healthy" : "settling" };
}

function containerFault(task: Task): Extract<Condition, { kind: "unhealthy" }> | undefined {
  if (taskHealth(task) !== "UNHEALTHY") return undefined;
  return {
    kind: "unhealthy",
    reason: "Task failed container health checks",
    event: `(task ${task.id}) failed container health checks.`,
  };
}

function targetFault(
  task: Task,
  targets: TargetStates,
): Extract<Condition, { kind: "unhealthy" }> | undefined {
  const failed = targetsOf(task).find(({ key }) => targets.get(key) === "unhealthy");
  if (failed === undefined) return undefined;
  return {
    kind: "unhealthy",
    reason: `Task failed ELB health checks in (target-group ${failed.group})`,
    event: `(port ${failed.port}) is unhealthy in (target-group ${failed.group}) due to (reason Health checks failed).`,
  };
}

function isProven(task: Task, targets: TargetStates, ran: number): boolean {
  const checked = task.containers.some((container) => container.essential && container.checked);
  const places = targetsOf(task);
  if (!checked && places.length === 0) return ran >= settleMilliseconds;
  return (
    (!checked || taskHealth(task) === "HEALTHY") && places.every(({ key }) => targets.get(key) === "healthy")
  );
}

/** Where a task is a target. */
export function targetsOf(task: Task): readonly {
  readonly group: string;
  readonly address: string;
  readonly port: number;
  readonly key: string;
}[] {
  const { address } = task.networkInterface;
  if (address === undefined) return [];
  return task.loadBalancers.flatMap(({ targetGroupArn: group, containerPort: port }) =>
    group === undefined || port === undefined
      ? []
      : [{ group, address, port, key: targetKey(group, address, port) }],
  );
}
