import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { visible } from "../app/visible.ts";
import { VerbFailed } from "../engine/verb.ts";
import { type Problem, UserError } from "../errors.ts";
import { wrap } from "./render/wrap.ts";
import { errorIn, plainRun, problemsIn, type Run } from "./run.ts";

/** Exit code of a failure: what the error says, 70 for a bug of ours. */
export function exitCodeOf(failure: unknown): number {
  const { error } = opened(failure);
  return error instanceof UserError ? error.exitCode : 70;
}

/** @param run what the command was called with, which the commands that a hint proposes are completed by. */
export function printFailure(failure: unknown, asJson: boolean, run: Run = plainRun): void {
  const { error } = opened(failure);
  if (asJson)
    process.stdout.write(`${visible(JSON.stringify({ type: "failed", ...failureOf(failure, run) }))}
`);
  process.stderr.write(
    `${visible(error instanceof UserError ? renderProblems(errorIn(error, run), process.stderr.columns) : renderBug(error))}
`,
  );
}

/** What `--json` says of a failure: the step, if one was under way, the exit code and every problem. */
export function failureOf(failure: unknown, run: Run = plainRun): Readonly<Record<string, unknown>> {
  const { error, step } = opened(failure);
  const place = step === undefined ? {} : { step };
  if (error instanceof UserError)
    return { ...place, exitCode: error.exitCode, problems: problemsIn(error.problems, run) };
  return { ...place, exitCode: 70, problems: [{ code: "bug", subject: "", message: String(error) }] };
}

function opened(failure: unknown): { readonly error: unknown; readonly step?: string } {
  if (!(failure instanceof VerbFailed)) return { error: failure };
  const { cause: error, step } = failure;
  return { error, ...(step === undefined ? {} : { step }) };
}

/** Every problem; how many at the end when there are several. */
export function renderProblems(error: UserError, columns = Number.POSITIVE_INFINITY): string {
  const lines = renderEach(error, columns);
  if (error.exitCode === 130) return lines.join("\n");
  const count = error.problems.length;
  const isFile = error.problems.some((problem) => problem.place?.line !== undefined);
  return [
    ...lines,
    ...(isFile ? [`${count} ${count === 1 ? "problem" : "problems"}; nothing was changed`] : []),
  ].join("\n");
}

/** Each problem with its place, what is wrong, and the way out. */
export function renderEach({ problems }: UserError, columns = Number.POSITIVE_INFINITY): readonly string[] {
  return problems.flatMap((problem) => renderProblem(problem, columns));
}

/** What hangs below a place is indented to it, unless that leaves too little of a narrow terminal. */
function renderProblem(problem: Problem, columns: number): readonly string[] {
  const { hint, output = [] } = problem;
  const where = placeOf(problem);
  const indent = " ".repeat(where === "" || where.length > columns / 3 ? 2 : where.length);
  return [
    ...wrap(statement(problem), columns, where, indent),
    ...output.flatMap((line) => wrap(line, columns, `${indent}│ `, `${indent}│   `)),
    ...(hint === undefined ? [] : wrap(hint, columns, indent)),
  ];
}

function placeOf({ place }: Problem): string {
  if (place === undefined) return "";
  return `${[place.file, place.line, place.column].filter((one) => one !== undefined).join(":")}  `;
}

/** Of a setting, `x is not a setting` reads on from its subject; everything else stands after a colon. */
function statement({ subject, message, place }: Problem): string {
  if (subject === "") return message;
  return place === undefined || /^[A-Z]/.test(message) ? `${subject}: ${message}` : `${subject} ${message}`;
}

function renderBug(error: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), "freehold-bug-")), "report.txt");
  writeFileSync(path, visible(error instanceof Error ? (error.stack ?? error.message) : String(error)), {
    mode: 0o600,
  });
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `This is a bug in Freehold, not in your file: ${name}\nThe details are in ${path}; please report them.`;
}
