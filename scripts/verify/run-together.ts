import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { TestEvent } from "node:test/reporters";
import { deserialize } from "node:v8";
import { behindAll, type FileOutcome, fileOutcomes } from "./file-outcomes.ts";

const program = join(import.meta.dirname, "test-process.ts");
const reporter = join(import.meta.dirname, "tell-events.ts");
/** Megabytes for what dies young. Tests leave much of it: with Node's own measure a tenth of their time goes into collecting it. */
const nursery = 64;

export interface GroupOutcome {
  readonly files: readonly FileOutcome[];
  /** For a reporter: all but what closes a report. */
  readonly events: readonly TestEvent[];
  /** What the process wrote by itself. */
  readonly output: string;
}

/** Runs test files in one process, each within `timeout` milliseconds; it is ended after `patience` without a word from it. */
export async function runTogether(
  files: readonly string[],
  timeout: number,
  patience = 30_000 + 2 * timeout,
): Promise<GroupOutcome> {
  const child = start(files, timeout);
  const closed = once(child, "close");
  const [events, ...output] = await Promise.all([
    readEvents(child, patience),
    ...[child.stdout, child.stderr].map((stream) => (stream === null ? "" : text(stream))),
  ]);
  const [code] = await closed;
  const told = events.filter((event) => !isClosing(event));
  return { files: fileOutcomes(files, events, code === 0), events: told, output: output.join("") };
}

function start(files: readonly string[], timeout: number): ChildProcess {
  // Node runs no tests for a process that takes itself for a test.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const options = [`--min-semi-space-size=${nursery}`, `--test-reporter=${reporter}`];
  const args = [...options, program, String(timeout), ...files];
  return spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
}

/** What the process tells until its end. */
async function readEvents(child: ChildProcess, patience: number): Promise<readonly TestEvent[]> {
  const events: TestEvent[] = [];
  const [, , , told] = child.stdio;
  if (!(told instanceof Readable)) return events;
  // A file that never gives the thread back cannot be ended from inside.
  const silence = setTimeout(() => child.kill("SIGKILL"), patience);
  for await (const line of createInterface({ input: told })) {
    events.push(deserialize(Buffer.from(line, "base64")));
    silence.refresh();
  }
  clearTimeout(silence);
  return events;
}

function isClosing({ type, data }: TestEvent): boolean {
  if (data !== undefined && "name" in data && data.name === behindAll) return true;
  return type === "test:summary" || (type === "test:diagnostic" && data.nesting === 0);
}
