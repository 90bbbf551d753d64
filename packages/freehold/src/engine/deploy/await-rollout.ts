import type { Ports } from "../ports.ts";
import type { StepReport } from "../step.ts";
import type { Failure } from "./failure.ts";
import { observeRollout, type ServicePlace } from "./observe.ts";
import { findingOf, type Rollout, type Verdict } from "./rollout.ts";

const pollMilliseconds = 2_000;
const longestPatience = 30 * 60_000;

/** Waiting ended because another service failed, or the person interrupted. */
export class Abandoned extends Error {
  override readonly name = "Abandoned";
}

export interface Wait {
  readonly place: ServicePlace;
  readonly judge: (rollout: Rollout) => Verdict;
  readonly report: Pick<StepReport, "progress">;
  /** Milliseconds; half an hour where it is left out. */
  readonly patience?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until a service is judged steady; answers how it failed where it did.
 *
 * @throws Abandoned
 */
export async function awaitRollout(wait: Wait, ports: Ports): Promise<Failure | undefined> {
  const deadline = ports.clock.now().getTime() + (wait.patience ?? longestPatience);
  let told = "";
  let finding: string | undefined;
  for (;;) {
    const rollout = await observeRollout(wait.place, ports);
    finding = findingOf(rollout) ?? finding;
    const verdict = wait.judge(rollout);
    if (verdict.kind === "steady") return undefined;
    if (verdict.kind === "failed") return failed(verdict.cause, finding);
    if (verdict.message !== told) wait.report.progress(verdict.message);
    told = verdict.message;
    if (ports.clock.now().getTime() > deadline) {
      return failed({ kind: "timeout", message: verdict.message }, finding);
    }
    if (wait.signal?.aborted === true) {
      throw new Abandoned("another service failed, or the run was interrupted");
    }
    await ports.clock.sleep(pollMilliseconds);
  }
}

function failed(cause: Failure["cause"], finding: string | undefined): Failure {
  return finding === undefined ? { cause } : { cause, finding };
}
