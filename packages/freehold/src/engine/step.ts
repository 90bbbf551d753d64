import type { Emit } from "./events.ts";
import type { ClockPort } from "./ports.ts";

/** How a step ended well; `detail` is for the reader. */
export interface StepEnd {
  readonly outcome: "done" | "unchanged" | "skipped";
  readonly detail?: string;
}

export interface StepRequest {
  readonly id: string;
  readonly parent?: string;
  readonly title: string;
}

export interface StepReport {
  /** What the step does or waits for now. */
  progress(message: string): void;
  /** How it ended, where that is not simply `done`. */
  end(end: StepEnd): void;
}

/** Runs one step and says so: started, how it ended and how long it took. A failure is told and passed on. */
export async function step<T>(
  request: StepRequest,
  ports: { readonly clock: ClockPort },
  emit: Emit,
  run: (report: StepReport) => Promise<T>,
): Promise<T> {
  const started = ports.clock.now().getTime();
  const seconds = () => (ports.clock.now().getTime() - started) / 1000;
  let end: StepEnd = { outcome: "done" };
  emit({ type: "step-started", ...request });
  try {
    const value = await run({
      progress: (message) => emit({ type: "step-progress", id: request.id, message }),
      end: (given) => {
        end = given;
      },
    });
    emit({ type: "step-finished", id: request.id, ...end, seconds: seconds() });
    return value;
  } catch (error) {
    emit({ type: "step-failed", id: request.id, message: shortMessage(error), seconds: seconds() });
    throw error;
  }
}

function shortMessage(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
