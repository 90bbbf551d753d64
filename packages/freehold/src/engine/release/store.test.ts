import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { fakeWorld } from "../testing/fake-ports.ts";
import type { Release } from "./record.ts";
import { forgetReleases, movePointer, nextReleaseId, readHistory, writeRelease } from "./store.ts";

const shelf = { bucket: "artifacts", environment: "dev" };
const at = "2026-01-01T00:00:00.000Z";

function record(id: string): Release {
  const names = { application: "shop", collection: "default", environment: "dev" };
  return { id, ...names, createdAt: at, author: "ada", services: {}, sites: {}, databases: {} };
}

function isTooLate(error: unknown): boolean {
  return error instanceof UserError && error.problems[0]?.code === "release-exists" && error.exitCode === 75;
}

test("records are read newest first, by number", async () => {
  const { ports } = fakeWorld();
  for (const id of ["v9", "v10", "v1"]) await writeRelease(shelf, record(id), ports);
  const { releases } = await readHistory(shelf, ports);
  assert.deepEqual(
    releases.map((one) => one.id),
    ["v10", "v9", "v1"],
  );
  assert.equal(nextReleaseId(releases), "v11");
  assert.equal(nextReleaseId([]), "v1");
});

test("a record is never written over", async () => {
  const { ports } = fakeWorld();
  await writeRelease(shelf, record("v1"), ports);
  await assert.rejects(writeRelease(shelf, { ...record("v1"), author: "eve" }, ports), isTooLate);
  assert.equal((await readHistory(shelf, ports)).releases[0]?.author, "ada");
});

test("of two runs that read the same history, one moves the pointer", async () => {
  const { ports } = fakeWorld();
  for (const id of ["v1", "v2", "v3"]) await writeRelease(shelf, record(id), ports);
  await movePointer(shelf, { live: "v1", updatedAt: at }, undefined, ports);
  await assert.rejects(movePointer(shelf, { live: "v2", updatedAt: at }, undefined, ports), isTooLate);
  const { etag } = await readHistory(shelf, ports);
  await movePointer(shelf, { live: "v2", updatedAt: at }, etag, ports);
  await assert.rejects(movePointer(shelf, { live: "v3", updatedAt: at }, etag, ports), isTooLate);
  assert.equal((await readHistory(shelf, ports)).live?.id, "v2");
});

test("a pointer to a record that is gone stops the verb", async () => {
  const { ports } = fakeWorld();
  await movePointer(shelf, { live: "v1", updatedAt: at }, undefined, ports);
  await assert.rejects(readHistory(shelf, ports), /is said to be live in dev/);
});

test("forgetting an environment leaves the others' history", async () => {
  const { ports, s3 } = fakeWorld();
  const other = { ...shelf, environment: "dev-2" };
  for (const one of [shelf, other]) await writeRelease(one, record("v1"), ports);
  await forgetReleases(shelf, ports);
  assert.deepEqual([...s3.objects.keys()], ["artifacts/releases/dev-2/v1.json"]);
});
