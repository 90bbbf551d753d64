import { UserError } from "../errors.ts";

/** What may be interrupted carries a signal; aborted when the person interrupts. */
export interface Interruptible {
  readonly signal?: AbortSignal;
}

/** The signal of a request, to be passed on. */
export function signalOf({ signal }: Interruptible): Interruptible {
  return signal === undefined ? {} : { signal };
}

/**
 * To be asked between two parts of a verb.
 *
 * @throws UserError `interrupted` with exit code 130 when the person has interrupted.
 */
export function demandGoOn({ signal }: Interruptible): void {
  if (signal?.aborted === true) throw interrupted();
}

export function interrupted(cause?: unknown): UserError {
  const message = "You interrupted it; what was done until then stands.";
  const hint = "Run the same command again: it goes on from there.";
  return new UserError({ code: "interrupted", subject: "", message, hint }, { exitCode: 130, cause });
}
