import { globSync } from "node:fs";
import { Readable } from "node:stream";
import { run } from "node:test";
import { spec, type TestEvent } from "node:test/reporters";
import { inTurn } from "./in-turn.ts";
import { type GroupOutcome, runTogether } from "./run-together.ts";
import { add, type Tally } from "./tally.ts";

export interface Suite {
  readonly title: string;
  readonly patterns: readonly string[];
  readonly exclude?: readonly string[];
  /** How many processes run at once. */
  readonly concurrency: number;
  /** How many test files share a process; without, each has its own. */
  readonly together?: number;
  /** Variables of the test processes. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds one test file may take. */
  readonly timeout: number;
}

/** Runs test files with Node's own runner. A suite without a file, or without a test, has failed. */
export async function runTests(suite: Suite): Promise<Tally> {
  const excluded = new Set(globSync([...(suite.exclude ?? [])]));
  const files = globSync([...suite.patterns])
    .filter((file) => !excluded.has(file))
    .sort();
  console.log(`\n${suite.title}: ${files.length} files`);
  if (files.length === 0) return { passed: 0, failed: 1 };
  Object.assign(process.env, suite.environment);
  const counts = await (suite.together === undefined
    ? runApart(suite, files)
    : runInGroups(suite, files, suite.together));
  return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
}

async function runApart({ concurrency, timeout }: Suite, files: readonly string[]): Promise<Tally> {
  const running = inTurn(files, concurrency, (file) => runAlone(file, timeout));
  return add(...(await Promise.all(running)));
}

async function runAlone(file: string, timeout: number): Promise<Tally> {
  // Node's own limit ends tests, but no process that a forgotten connection keeps alive.
  const stream = run({ files: [file], timeout, signal: AbortSignal.timeout(timeout) });
  const counts = { passed: 0, failed: 0 };
  let isWhole = false;
  stream.on("test:summary", (summary) => {
    // A file sums up by itself once all its tests have ended; Node takes one that never does so, but ends, for a test that passed.
    if (summary.file !== undefined) isWhole = true;
    else {
      counts.passed = summary.counts.passed;
      counts.failed = summary.counts.tests - summary.counts.passed;
    }
  });
  await print(stream);
  if (isWhole || counts.failed > 0) return counts;
  console.log(`✖ ${file}: it registers no test, or ended before its tests did`);
  return { passed: 0, failed: 1 };
}

/**
 * The files are sorted, so that a group is of one room and loads its modules once. The last group begins first: the tests of this
 * folder wait most, and nobody should wait for them at the end.
 */
async function runInGroups(suite: Suite, files: readonly string[], size: number): Promise<Tally> {
  const groups = Array.from({ length: Math.ceil(files.length / size) }, (_, index) =>
    files.slice(index * size, (index + 1) * size),
  ).reverse();
  const running = inTurn(groups, suite.concurrency, (group) => runTogether(group, suite.timeout));
  await print(Readable.from(eventsOf(running)));
  const groupOutcomes = await Promise.all(running);
  process.stdout.write(groupOutcomes.map(({ output }) => output).join(""));
  const outcomes = groupOutcomes.flatMap((group) => group.files);
  for (const { file, problem } of outcomes) if (problem !== undefined) console.log(`✖ ${file}: ${problem}`);
  return add(...outcomes);
}

async function* eventsOf(running: readonly Promise<GroupOutcome>[]): AsyncGenerator<TestEvent> {
  for (const group of running) yield* (await group).events;
}

async function print(events: Readable): Promise<void> {
  for await (const text of events.compose(spec)) process.stdout.write(String(text));
}
