import type { TestEvent } from "node:test/reporters";
import type { Tally } from "./tally.ts";

/** Name of what is run behind all files, to see that it is. */
export const behindAll = "behind all files";

/** What a test file came to. */
export interface FileOutcome extends Tally {
  readonly file: string;
  /** What is wrong with the file itself, where no event of its tests tells it. */
  readonly problem?: string;
}

type Result = Extract<TestEvent, { readonly type: "test:pass" | "test:fail" }>;

/**
 * The outcome of each file that ran as a suite of its name, out of what their process told. A file has failed as well where
 * it never ended, registers no test, or fails outside of its tests; a test that is skipped has not passed. What a process that
 * ended badly tells of no file is the last one's.
 */
export function fileOutcomes(
  files: readonly string[],
  events: readonly TestEvent[],
  isSound: boolean,
): readonly FileOutcome[] {
  const told = new Map(ended(events).map((one) => [one.file, one]));
  const outcomes = files.map((file) => outcomeOf(file, told.get(file)));
  if (isSound || outcomes.some(({ failed }) => failed > 0)) return outcomes;
  const problem = "tests were left out by `only`, or the process ended badly";
  return outcomes.map((one, index) => (index < files.length - 1 ? one : { ...one, failed: 1, problem }));
}

function outcomeOf(file: string, told: FileOutcome | undefined): FileOutcome {
  if (told === undefined) return { file, passed: 0, failed: 1, problem: "it never ended" };
  if (told.passed + told.failed === 0) return { ...told, failed: 1, problem: "it registers no test" };
  return told;
}

/** A suite's own result comes behind those of its tests. */
function ended(events: readonly TestEvent[]): readonly FileOutcome[] {
  const outcomes: FileOutcome[] = [];
  let tests: Result[] = [];
  for (const event of events) {
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    if (event.data.details.type === "test") tests.push(event);
    if (event.data.nesting > 0) continue;
    outcomes.push({ file: event.data.name, ...tally(event, tests) });
    tests = [];
  }
  return outcomes;
}

function tally(suite: Result, tests: readonly Result[]): Tally {
  const passed = tests.filter(
    ({ type, data }) => type === "test:pass" && data.skip === undefined && data.todo === undefined,
  ).length;
  const isOutside = suite.type === "test:fail" && passed === tests.length;
  return { passed, failed: tests.length - passed + (isOutside ? 1 : 0) };
}
