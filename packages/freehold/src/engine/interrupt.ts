import { UserError } from "../errors.ts";

/**
 * To be asked between two parts of a verb.
 *
 * @throws UserError `interrupted` with exit code 130 when the person has interrupted.
 */
export function demandGoOn({ signal }: { readonly signal?: AbortSignal }): void {
  if (signal?.aborted === true) throw interrupted();
}

export function interrupted(cause?: unknown): UserError {
  const message = "You interrupted it; what was done until then stands.";
  const hint = "Run the same command again: it goes on from there.";
  return new UserError({ code: "interrupted", subject: "", message, hint }, { exitCode: 130, cause });
}
