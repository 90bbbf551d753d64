import type { Problem } from "../../errors.ts";
import { detailOf, explainStop, type StopSubject, stopCause } from "./stop-cause.ts";
import type { TaskResult } from "./task.ts";

/** Why a one-off task did not end well, in the reader's words, with its last lines. */
export function explainResult(
  subject: StopSubject,
  { stopped, lines }: TaskResult,
): Pick<Problem, "message" | "hint" | "output"> {
  const cause = stopCause(stopped);
  const explanation =
    cause === undefined ? { message: `It was stopped: ${detailOf(stopped)}` } : explainStop(subject, cause);
  return lines.length === 0 ? explanation : { ...explanation, output: lines.map((one) => one.line) };
}
