import assert from "node:assert/strict";
import { writeSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { after, describe, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { behindAll } from "./file-outcomes.ts";
import { demandNothingLeft, opened, surroundings } from "./left-behind.ts";

/**
 * Runs test files in this process, one after another, each as a suite of its name with hooks and a time limit of its own:
 * `node test-process.ts <milliseconds a file may take> <file>...`.
 */
enableCompileCache();
const limit = Number(process.argv[2]);
const files = process.argv.slice(3);
// Without anything to wait for, Node would end the tests that wait for ever, and all behind them.
const awake = setInterval(() => {}, 60_000);
const atFirst = surroundings();
let running: string | undefined;

const lost: unknown[] = [];

for (const event of ["uncaughtException", "unhandledRejection"])
  process.on(event, (error: unknown) => lost.push(error));
process.on("exit", () => {
  if (running !== undefined) writeSync(2, `${running} ended the process\n`);
});

for (const file of files) {
  running = file;
  await describe(file, { timeout: limit }, () => load(file));
  // The reporter hears of the suite's end a little later than we do.
  await nextTurn();
}
running = undefined;
clearInterval(awake);
// Once a test asks to run alone, Node leaves out all others without a word, and this as well.
let isReached = false;
await test(behindAll, () => {
  isReached = true;
});
// The file that left something open has failed by now.
if (!isReached || opened(atFirst).length > 0) process.exit(1);

async function load(file: string): Promise<void> {
  lost.length = 0;
  const found = surroundings();
  await import(pathToFileURL(resolve(file)).href);
  // Behind the hooks that the file has registered by now.
  after(async () => {
    await demandNothingLeft(found, limit / 10);
    // Node tells of a rejection once nothing else is to be done at once.
    await nextTurn();
    assert.deepEqual(lost, [], "thrown or rejected beside the tests");
  });
}
