import { type Problem, UserError } from "../errors.ts";
import type { Diagnostic, Transcript } from "./terraform-transcript.ts";

/** What failed in Terraform's own words, one problem for each thing, with the place of the whole output. */
export function explained(error: unknown, transcript: Transcript, subject: string): unknown {
  if (!(error instanceof UserError) || error.problems[0]?.code !== "command-failed") return error;
  const diagnostics = transcript.diagnostics();
  const hint = `The whole output is in ${transcript.path}. What was done stands; run the same command again.`;
  if (diagnostics.length === 0) {
    const problems = error.problems.map((problem) => ({ ...problem, hint: problem.hint ?? hint }));
    return new UserError(problems, { cause: error });
  }
  const isBusy = diagnostics.some(({ summary }) => busy.includes(summary));
  const code = isBusy ? "terraform-busy" : "terraform-failed";
  return new UserError(
    diagnostics.map((one, index) =>
      problemOf(one, code, subject, index === diagnostics.length - 1 ? hint : undefined),
    ),
    { cause: error, ...(isBusy ? { exitCode: 75 } : {}) },
  );
}

/** Somebody else changes, or has just changed, the same stack. */
const busy: readonly string[] = ["Error acquiring the state lock", "Saved plan is stale"];

function problemOf(
  { address, summary, detail }: Diagnostic,
  code: string,
  subject: string,
  hint: string | undefined,
): Problem {
  const message = detail === "" ? summary : `${summary}\n  ${detail.trim().replaceAll("\n", "\n  ")}`;
  return { code, subject: address ?? subject, message, ...(hint === undefined ? {} : { hint }) };
}
