import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import type { Explanation } from "../task/stop-cause.ts";
import { memoryOf } from "../task/task-definition.ts";
import { lastLines, streamOf } from "../task/task-logs.ts";
import { explainCause, isPassing, type RolloutCause } from "./cause.ts";
import { explainCheck } from "./explain-check.ts";
import { type Move, portOf } from "./move.ts";

const shownLines = 15;

/** How a move failed. */
export interface Failure {
  readonly cause: RolloutCause;
  /** What the load balancer found last at a target that was not well. */
  readonly finding?: string;
}

/** The cause in the reader's words, with the container's last lines. Exit code 75 where another attempt may find it otherwise. */
export async function failureOf(move: Move, failure: Failure, ports: Ports): Promise<UserError> {
  const { message, hint } = explain(move, failure);
  const output = await linesOf(move, failure.cause, ports);
  const problem = { code: "release-failed", subject: move.name, message, hint };
  return new UserError(output.length === 0 ? problem : { ...problem, output }, {
    exitCode: isPassing(failure.cause) ? 75 : 1,
  });
}

function explain(move: Move, { cause, finding }: Failure): Explanation {
  const service = move.name;
  const port = portOf(service, move.revision);
  const isHealth = cause.kind === "health" || cause.kind === "unhealthy";
  return isHealth && move.check !== undefined && port !== undefined && finding !== undefined
    ? explainCheck(move.check, { service, port, finding })
    : explainCause({ service, ...memoryOf(move.revision) }, cause);
}

/** The last lines of the container that brought the release down. */
async function linesOf(move: Move, cause: RolloutCause, ports: Ports): Promise<readonly string[]> {
  const taskArn = taskOf(cause);
  if (taskArn === undefined) return [];
  const container = move.revision.containers.find((one) => one.name === move.name);
  const stream = streamOf(container, taskArn);
  // Where they cannot be read, the cause is still told.
  const lines = stream === undefined ? [] : await lastLines(stream, shownLines, ports).catch(() => []);
  return lines.map((one) => one.line);
}

function taskOf(cause: RolloutCause): string | undefined {
  if (cause.kind === "unhealthy") return cause.taskArn;
  return "task" in cause ? cause.task?.arn : undefined;
}
