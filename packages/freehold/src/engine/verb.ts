import type { Emit } from "./events.ts";
import { inUsersWords } from "./outside-failure.ts";
import type { ClockPort } from "./ports.ts";

/** A verb that did not reach its end; `cause` says why. */
export class VerbFailed extends Error {
  override readonly name = "VerbFailed";
  /** Id of the step that failed, the innermost; undefined when none was under way. */
  readonly step: string | undefined;

  constructor(step: string | undefined, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.step = step;
  }
}

/**
 * Runs a verb and says so: the first and the last event. A verb that fails has no last event; its error is the answer.
 *
 * @throws VerbFailed with the error, and the step in which it came.
 */
export async function runVerb<T>(
  verb: string,
  target: string,
  ports: { readonly clock: ClockPort },
  emit: Emit,
  run: (emit: Emit) => Promise<T>,
): Promise<T> {
  const started = ports.clock.now().getTime();
  let step: string | undefined;
  emit({ type: "started", verb, target });
  try {
    const value = await run((event) => {
      if (event.type === "step-failed") step ??= event.id;
      emit(event);
    });
    emit({ type: "finished", verb, value, seconds: (ports.clock.now().getTime() - started) / 1000 });
    return value;
  } catch (error) {
    throw new VerbFailed(step, inUsersWords(error));
  }
}
