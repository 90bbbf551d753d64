import { causeOfStop, type RolloutCause, type StoppedTask } from "./cause.ts";

/** What can be seen of a service while its new deployment rolls. */
export interface Rollout {
  readonly deployments: readonly DeploymentState[];
  /** Tasks of the new deployment that have stopped, oldest first. */
  readonly stopped: readonly StoppedTask[];
  /** Targets behind the load balancer, none for a worker. */
  readonly targets: readonly { readonly state: string; readonly reason?: string }[];
  /** The service's newest event, in ECS's words. */
  readonly event?: string;
}

export interface DeploymentState {
  readonly id: string;
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly rollout: string;
  readonly rolloutReason?: string;
}

export type Verdict =
  | { readonly kind: "waiting"; readonly message: string }
  | { readonly kind: "steady" }
  | { readonly kind: "failed"; readonly cause: RolloutCause };

/**
 * Where a deployment stands. It fails at the first decisive cause rather than when ECS's own breaker has seen enough tasks die.
 *
 * @param id of the deployment this release started.
 */
export function judgeRollout(rollout: Rollout, id: string): Verdict {
  const cause = causeOfStop(rollout.stopped);
  if (cause !== undefined) return { kind: "failed", cause };
  const own = rollout.deployments.find((one) => one.id === id);
  if (own === undefined || own.status !== "PRIMARY" || own.rollout === "FAILED") {
    return { kind: "failed", cause: overruled(rollout, own) };
  }
  const isAlone = rollout.deployments.every((one) => one.id === id || one.running === 0);
  if (own.rollout === "COMPLETED" && own.running === own.desired && isAlone) return { kind: "steady" };
  return { kind: "waiting", message: progressOf(rollout, own) };
}

/** ECS itself gave the deployment up, or somebody else started another. */
function overruled(rollout: Rollout, own: DeploymentState | undefined): RolloutCause {
  const primary = rollout.deployments.find((one) => one.status === "PRIMARY");
  const last = rollout.stopped.at(-1);
  const reason =
    own?.rolloutReason ?? primary?.rolloutReason ?? last?.reason ?? "another deployment took its place";
  return { kind: "overruled", reason, ...(last === undefined ? {} : { task: last }) };
}

/** A few words for the reader: what is up, and what it waits for. */
function progressOf(rollout: Rollout, own: DeploymentState): string {
  const running = `running ${own.running}/${own.desired}`;
  const targets = rollout.targets.filter((one) => one.state !== "draining");
  const healthy = targets.filter((one) => one.state === "healthy").length;
  const health = targets.length === 0 ? [] : [`healthy ${healthy}/${targets.length}`];
  const isDraining = targets.length < rollout.targets.length;
  const older = rollout.deployments.filter((one) => one.id !== own.id && one.running > 0);
  const old = older.reduce((sum, one) => sum + one.running, 0);
  const up = old === 0 ? [] : [`${old} of before still up`];
  const isStuck = own.running === 0 && rollout.event?.includes("unable to") === true;
  const leaving = isDraining ? ["requests of before are ending"] : [];
  return [running, ...health, ...up, ...leaving, ...(isStuck ? [rollout.event ?? ""] : [])].join(", ");
}
