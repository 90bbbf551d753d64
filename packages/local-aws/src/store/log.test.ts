import assert from "node:assert/strict";
import { closeSync, openSync, writeSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openLog } from "./log.ts";
import { boundOutput } from "./output-log.ts";

describe("logs", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "logs-"));
  });
  after(() => rm(folder, { recursive: true }));

  const lines = async (path: string): Promise<readonly number[]> =>
    (await readFile(path, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).number);

  test("a log and the one before it are kept, each within its size, with the latest lines whole", async () => {
    const path = join(folder, "calls.log");
    const log = openLog(path, 5000);
    for (let number = 0; number < 500; number += 1) log.info("call", { number });
    await log.close();
    assert.deepEqual((await readdir(folder)).sort(), ["calls.log", "calls.log.1"]);
    for (const each of [path, `${path}.1`]) {
      const { size, mode } = await stat(each);
      assert.ok(size <= 5000 && size > 0, String(size));
      assert.equal(mode & 0o777, 0o600);
    }
    const kept = [...(await lines(`${path}.1`)), ...(await lines(path))];
    assert.equal(kept.at(-1), 499);
    assert.deepEqual(
      kept,
      kept.map((_, at) => (kept[0] ?? 0) + at),
    );
  });

  test("a log that is there already counts", async () => {
    const path = join(folder, "old.log");
    const log = openLog(path, 100);
    log.info("first");
    await log.close();
    const next = openLog(path, 100);
    next.info("second");
    await next.close();
    assert.match(await readFile(`${path}.1`, "utf8"), /first/);
    assert.match(await readFile(path, "utf8"), /second/);
  });

  test("what a child prints is bounded while it holds the file", async () => {
    const path = join(folder, "moto.log");
    const out = openSync(path, "a", 0o600);
    writeSync(out, "x".repeat(200));
    boundOutput(path, 100);
    writeSync(out, "after");
    closeSync(out);
    assert.equal(await readFile(path, "utf8"), "after");
    assert.equal((await stat(`${path}.1`)).size, 200);
  });
});
