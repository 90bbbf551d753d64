import type { StoppedTask } from "../task/stopped-task.ts";
import { causeOfStop, type RolloutCause } from "./cause.ts";

/** What can be seen of a service while a deployment rolls. */
export interface Rollout {
  readonly deployments: readonly DeploymentState[];
  /** Tasks that have stopped, whichever deployment started them, oldest first. */
  readonly stopped: readonly StoppedTask[];
  /** Targets behind the load balancer, none for a worker. */
  readonly targets: readonly Target[];
  /** Running tasks that the load balancer finds unhealthy although their grace period is over. */
  readonly overdue: readonly { readonly arn: string; readonly startedBy: string }[];
  /** ECS finds no place for tasks: in its words, and for how many seconds by now. */
  readonly unplaced?: { readonly reason: string; readonly seconds: number };
}

export interface Target {
  /** In the load balancer's word. */
  readonly state: string;
  readonly reason?: string;
  /** The running task it is. */
  readonly taskArn?: string;
}

export interface DeploymentState {
  readonly id: string;
  readonly status: string;
  /** ARN. */
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly rollout: string;
  readonly rolloutReason?: string;
}

export type Verdict =
  | { readonly kind: "waiting"; readonly message: string }
  | { readonly kind: "steady" }
  | { readonly kind: "failed"; readonly cause: RolloutCause };

/** A lack of capacity may pass within seconds. */
const unplacedSeconds = 45;

/**
 * Where a deployment stands. It fails at the first decisive cause rather than when ECS's own breaker has seen enough tasks die.
 *
 * @param id of the deployment this release started.
 */
export function judgeRollout(rollout: Rollout, id: string): Verdict {
  const own = rollout.deployments.find((one) => one.id === id);
  const cause = causeOf(rollout, own, id);
  if (cause !== undefined) return { kind: "failed", cause };
  if (own === undefined || own.status !== "PRIMARY" || own.rollout === "FAILED") {
    return { kind: "failed", cause: overruled(rollout, own) };
  }
  const isAlone = rollout.deployments.every((one) => one.id === id || one.running === 0);
  if (own.rollout === "COMPLETED" && own.running === own.desired && isAlone) return { kind: "steady" };
  return { kind: "waiting", message: progressOf(rollout, own) };
}

/**
 * As `judgeRollout`, but content as soon as all traffic is with the new tasks: every target that is not being drained is
 * healthy, and there are no more than they.
 */
export function judgeTakeover(rollout: Rollout, id: string): Verdict {
  const verdict = judgeRollout(rollout, id);
  const own = rollout.deployments.find((one) => one.id === id);
  if (verdict.kind !== "waiting" || own === undefined) return verdict;
  const targets = rollout.targets.filter((one) => one.state !== "draining");
  const hasTaken = targets.length === own.desired && targets.every((one) => one.state === "healthy");
  return hasTaken && own.running === own.desired ? { kind: "steady" } : verdict;
}

function causeOf(rollout: Rollout, own: DeploymentState | undefined, id: string): RolloutCause | undefined {
  const { stopped, overdue, unplaced } = rollout;
  const isWaiting = own !== undefined && own.running < own.desired;
  const unhealthy = overdue.find((task) => task.startedBy === id);
  return (
    causeOfStop(stopped.filter((task) => task.startedBy === id)) ??
    (unhealthy === undefined ? undefined : { kind: "unhealthy", taskArn: unhealthy.arn }) ??
    (isWaiting && unplaced !== undefined && unplaced.seconds >= unplacedSeconds
      ? { kind: "unplaced", reason: unplaced.reason }
      : undefined)
  );
}

/**
 * Whether a service that is put back serves as before: a deployment of the earlier revision is the primary one, and has its
 * tasks, healthy ones where they are targets. The tasks it replaces may still be stopping.
 *
 * @param since milliseconds since 1970; tasks that stopped before do not count.
 */
export function judgeReturn(rollout: Rollout, taskDefinition: string, since: number): Verdict {
  const turn = judgeTurn(rollout, taskDefinition);
  const primary = primaryOf(rollout);
  if (turn.kind !== "steady" || primary === undefined) return turn;
  const { id, desired, running } = primary;
  const stopped = rollout.stopped.filter((one) => one.startedBy === id && (one.stoppedAt ?? since) >= since);
  const cause = causeOfStop(stopped);
  if (cause !== undefined) return { kind: "failed", cause };
  const healthy = rollout.targets.filter((one) => one.state === "healthy").length;
  const isServing = running >= desired && (rollout.targets.length === 0 || healthy >= desired);
  return isServing ? { kind: "steady" } : { kind: "waiting", message: progressOf(rollout, primary) };
}

/** Whether targets pass a check that is new to them; `isOver` says that they would have failed it by now. */
export function judgeTargets({ targets }: Rollout, isOver: boolean, path: string): Verdict {
  const unhealthy = targets.find((one) => one.state === "unhealthy");
  if (unhealthy !== undefined) {
    return { kind: "failed", cause: { kind: "unhealthy", taskArn: unhealthy.taskArn ?? "" } };
  }
  return isOver ? { kind: "steady" } : { kind: "waiting", message: `asking ${path}` };
}

/** Whether as many targets as are wanted are healthy, whichever release they are of. */
export function judgeRecovery({ targets }: Rollout, count: number): Verdict {
  const healthy = targets.filter((one) => one.state === "healthy").length;
  if (healthy >= count) return { kind: "steady" };
  return { kind: "waiting", message: `healthy ${healthy}/${count}` };
}

/** Whether the primary deployment is one of this revision. */
export function judgeTurn(rollout: Rollout, taskDefinition: string): Verdict {
  return primaryOf(rollout)?.taskDefinition === taskDefinition
    ? { kind: "steady" }
    : { kind: "waiting", message: "ECS turns back" };
}

function primaryOf({ deployments }: Rollout): DeploymentState | undefined {
  return deployments.find((one) => one.status === "PRIMARY");
}

/** What the load balancer finds at a target that is not well, in its own words. */
export function findingOf({ targets }: Pick<Rollout, "targets">): string | undefined {
  return targets.findLast((one) => one.state === "unhealthy" && one.reason !== undefined)?.reason;
}

/** ECS itself gave the deployment up, or somebody else started another. */
function overruled(rollout: Rollout, own: DeploymentState | undefined): RolloutCause {
  if (rollout.unplaced !== undefined) return { kind: "unplaced", reason: rollout.unplaced.reason };
  const primary = primaryOf(rollout);
  const last = rollout.stopped.findLast((one) => one.startedBy === own?.id);
  const reason =
    own?.rolloutReason ?? primary?.rolloutReason ?? last?.reason ?? "another deployment took its place";
  return { kind: "overruled", reason, ...(last === undefined ? {} : { task: last }) };
}

/** A few words for the reader: what is up, and what it waits for. */
function progressOf(rollout: Rollout, own: DeploymentState): string {
  const targets = rollout.targets.filter((one) => one.state !== "draining");
  const healthy = targets.filter((one) => one.state === "healthy").length;
  const finding = findingOf(rollout);
  const older = rollout.deployments.filter((one) => one.id !== own.id && one.running > 0);
  const old = older.reduce((sum, one) => sum + one.running, 0);
  const isStuck = own.running < own.desired && rollout.unplaced !== undefined;
  return [
    `running ${own.running}/${own.desired}`,
    ...(targets.length === 0 ? [] : [`healthy ${healthy}/${targets.length}`]),
    ...(finding === undefined ? [] : [finding]),
    ...(old === 0 ? [] : [`${old} of before still up`]),
    ...(targets.length < rollout.targets.length ? ["requests of before are ending"] : []),
    ...(isStuck ? [rollout.unplaced?.reason ?? ""] : []),
  ].join(", ");
}
