import {
  type Explanation,
  explainExitCode,
  explainStop,
  type StopCause,
  type StopSubject,
  stopCause,
} from "../task/stop-cause.ts";
import type { StoppedTask } from "../task/stopped-task.ts";

/** Why a deployment cannot succeed. */
export type RolloutCause =
  | StopCause
  /** The load balancer finds a task unhealthy that ECS has not stopped for it. */
  | { readonly kind: "unhealthy"; readonly taskArn: string }
  /** ECS finds no place for its tasks, so that there is none to ask. */
  | { readonly kind: "unplaced"; readonly reason: string }
  | { readonly kind: "overruled"; readonly reason: string; readonly task?: StoppedTask }
  | { readonly kind: "timeout"; readonly message: string };

/** Causes that may be bad luck the first time; the others will not mend themselves however often ECS tries again. */
const mayMend: ReadonlySet<RolloutCause["kind"]> = new Set(["exit", "start", "capacity"]);

/** The first decisive cause among stopped tasks, or the last of several that may mend themselves and did not. */
export function causeOfStop(stopped: readonly StoppedTask[]): StopCause | undefined {
  const causes = stopped.flatMap((task) => stopCause(task) ?? []);
  const decisive = causes.find((cause) => !mayMend.has(cause.kind));
  return decisive ?? (causes.length > 1 ? causes.at(-1) : undefined);
}

/** The cause in the reader's words: what happened, and the way out. */
export function explainCause(subject: StopSubject, cause: RolloutCause): Explanation {
  switch (cause.kind) {
    case "exit":
      return explainExit(subject, cause.exitCode);
    case "unhealthy":
      return {
        message: "It runs, but does not pass its health check.",
        hint: `The check is services.${subject.service}.x-freehold.health.`,
      };
    case "unplaced":
      return {
        message: `AWS finds no place for its tasks: ${cause.reason}`,
        hint: "Try again later; a smaller task finds room sooner.",
      };
    case "overruled":
      return {
        message: `AWS gave the deployment up: ${cause.reason}`,
        hint: "See `freehold status` and `freehold logs`.",
      };
    case "timeout":
      return { message: `It did not become steady: ${cause.message}`, hint: "See `freehold status`." };
    default:
      return explainStop(subject, cause);
  }
}

function explainExit({ service }: StopSubject, code: number): Explanation {
  const message = `It ended with ${explainExitCode(code)}, and again when it was started anew.`;
  const hint =
    code === 0
      ? "A service has to keep running; what runs once is a cron, or a `release` command."
      : `\`freehold logs ${service}\` has more of what it said.`;
  return { message, hint };
}

/** What another attempt may find otherwise, with nothing changed. */
export function isPassing(cause: RolloutCause): boolean {
  return cause.kind === "capacity" || cause.kind === "unplaced";
}
