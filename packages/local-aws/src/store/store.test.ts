import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { systemClock } from "./clock.ts";
import { openLog } from "./log.ts";
import { openStore } from "./store.ts";

describe("a store", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "store-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test("is on disk once an update resolves, and comes back", async () => {
    const store = await openStore(folder, "a", { count: 0 });
    assert.deepEqual(await store.update(({ count }) => ({ count: count + 1 })), { count: 1 });
    assert.deepEqual((await openStore(folder, "a", { count: 0 })).get(), { count: 1 });
  });

  test("loses nothing when many change it at once, and leaves no other file", async () => {
    const store = await openStore<readonly number[]>(folder, "many", []);
    await Promise.all(Array.from({ length: 200 }, (_, item) => store.update((all) => [...all, item])));
    const again = await openStore<readonly number[]>(folder, "many", []);
    assert.deepEqual(again.get(), [...Array(200).keys()]);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  test("keeps what it had when a change throws", async () => {
    const store = await openStore(folder, "b", { count: 0 });
    const failing = store.update(() => {
      throw new RangeError("no");
    });
    await assert.rejects(failing, RangeError);
    assert.deepEqual(store.get(), { count: 0 });
  });

  test("refuses a file that is not JSON rather than begin anew", async () => {
    await writeFile(join(folder, "broken.json"), "{");
    await assert.rejects(openStore(folder, "broken", {}), { name: "StoreError", message: /local-aws reset/ });
    assert.equal(await readFile(join(folder, "broken.json"), "utf8"), "{");
  });
});

test("a call in the far future does not come at once, and can be cancelled", async () => {
  const clock = systemClock();
  let called = false;
  const cancel = clock.at(new Date(Date.now() + 60 * 24 * 3600 * 1000), () => {
    called = true;
  });
  await clock.sleep(30);
  cancel();
  assert.equal(called, false);
});

test("a log has a line of JSON for each thing said, errors with their stack", async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-"));
  const log = openLog(join(folder, "deep/a.log"));
  log.info("one", { a: 1 });
  log.warn("two\nlines", { error: new RangeError("oops") });
  await log.close();
  const lines = (await readFile(join(folder, "deep/a.log"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.partialDeepStrictEqual(lines[0], { level: "info", message: "one", a: 1 });
  assert.match(lines[1].error, /RangeError: oops\n\s+at /);
  await rm(folder, { recursive: true });
});
