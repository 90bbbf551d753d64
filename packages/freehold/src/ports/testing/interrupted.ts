import assert from "node:assert/strict";
import { UserError } from "../../errors.ts";

interface Interruptible {
  readonly interrupt: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** Needs 300 ms to end after an interrupt, and counts them. */
const script =
  "let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => { console.log('tidied ' + n); process.exit(1) }, 300) }); console.log('ready'); setInterval(() => {}, 1000)";

/** Interrupts a run of a Node program once it is ready: it must hear of it once, and be waited for. */
export async function assertInterruptIsPassedOn(
  run: (script: string, interruptible: Interruptible) => Promise<unknown>,
): Promise<void> {
  const interrupt = new AbortController();
  const lines: string[] = [];
  const onLine = (line: string) => {
    lines.push(line);
    if (line === "ready") interrupt.abort();
  };
  const isRefusal = (error: unknown) => error instanceof UserError && error.exitCode === 130;
  await assert.rejects(run(script, { interrupt: interrupt.signal, onLine }), isRefusal);
  assert.deepEqual(lines, ["ready", "tidied 1"]);
}
