import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { TestEvent } from "node:test/reporters";
import { deserialize } from "node:v8";
import { type FileOutcome, fileOutcomes } from "./file-outcomes.ts";

const program = join(import.meta.dirname, "together.ts");
const reporter = join(import.meta.dirname, "tell-events.ts");

export interface GroupOutcome {
  readonly files: readonly FileOutcome[];
  /** For a reporter: all but what closes a report. */
  readonly events: readonly TestEvent[];
  /** What the process wrote by itself. */
  readonly output: string;
}

/** Runs test files in one process, each within `timeout` milliseconds. */
export async function runTogether(files: readonly string[], timeout: number): Promise<GroupOutcome> {
  const child = start(files, timeout);
  const closed = once(child, "close");
  const [events, ...output] = await Promise.all([
    readEvents(child),
    ...[child.stdout, child.stderr].map((stream) => (stream === null ? "" : text(stream))),
  ]);
  await closed;
  const told = events.filter((event) => !isClosing(event));
  return { files: fileOutcomes(files, events), events: told, output: output.join("") };
}

function start(files: readonly string[], timeout: number): ChildProcess {
  // Node runs no tests for a process that takes itself for a test.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = [`--test-reporter=${reporter}`, program, String(timeout), ...files];
  const limit = 30_000 + 5 * timeout;
  const stdio = ["ignore", "pipe", "pipe", "pipe"] as const;
  // A file that never gives the thread back cannot be ended from inside.
  return spawn(process.execPath, args, {
    env,
    stdio: [...stdio],
    timeout: limit,
    killSignal: "SIGKILL",
  });
}

async function readEvents({ stdio }: ChildProcess): Promise<readonly TestEvent[]> {
  const events: TestEvent[] = [];
  if (!(stdio[3] instanceof Readable)) return events;
  for await (const line of createInterface({ input: stdio[3] }))
    events.push(deserialize(Buffer.from(line, "base64")));
  return events;
}

function isClosing(event: TestEvent): boolean {
  return event.type === "test:summary" || (event.type === "test:diagnostic" && event.data.nesting === 0);
}
