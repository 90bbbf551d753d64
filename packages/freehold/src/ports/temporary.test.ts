import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createTemporary } from "./temporary.ts";

let parent = "";
before(async () => {
  parent = await mkdtemp(join(tmpdir(), "freehold-temporary-"));
});
after(() => rm(parent, { recursive: true, force: true }));

const processes = { startOf: async (pid: number) => (pid === 2 ? undefined : "alive") };

test("a folder is this user's alone, and is gone afterwards", async () => {
  const { path, dispose } = await createTemporary({ pid: 1, processes, parent })("build");
  assert.match(path, /freehold-build-1-/);
  assert.equal((await stat(path)).mode & 0o777, 0o700);
  await dispose();
  assert.deepEqual(await readdir(parent), []);
});

test("what a dead process has left is removed, and nothing else", async () => {
  const names = ["freehold-build-2-abc", "freehold-build-3-abc", "freehold-build-2-new", "other-build-2-abc"];
  for (const name of names) await mkdir(join(parent, name, "in"), { recursive: true });
  await symlink(join(parent, "other-build-2-abc"), join(parent, "freehold-docker-2-link"));
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const name of names) if (!name.endsWith("new")) await utimes(join(parent, name), old, old);
  const { dispose } = await createTemporary({ pid: 1, processes, parent })("docker");
  await dispose();
  const kept = [
    "freehold-build-2-new",
    "freehold-build-3-abc",
    "freehold-docker-2-link",
    "other-build-2-abc",
  ];
  assert.deepEqual((await readdir(parent)).sort(), kept);
});
