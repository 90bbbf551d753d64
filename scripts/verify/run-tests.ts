import { globSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import type { Tally } from "./tally.ts";

export interface Suite {
  readonly title: string;
  readonly patterns: readonly string[];
  readonly exclude?: readonly string[];
  /** How many test files run at once. */
  readonly concurrency: number;
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
  const stream = run({ files, concurrency: suite.concurrency, timeout: suite.timeout });
  const counts = { passed: 0, failed: 0 };
  stream.on("test:summary", (summary) => {
    if (summary.file !== undefined) return;
    counts.passed = summary.counts.passed;
    counts.failed = summary.counts.tests - summary.counts.passed;
  });
  for await (const text of stream.compose(spec)) process.stdout.write(String(text));
  return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
}
