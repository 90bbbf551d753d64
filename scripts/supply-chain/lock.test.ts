import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gaps, hosts, type Lock, locate, readLock } from "./lock.ts";

const lock = readLock(join(import.meta.dirname, "../../package-lock.json"));

test("the lock file has every package of every operating system, with its hash", () => {
  assert.deepEqual(gaps(lock), []);
});

test("the lock file names no registry", () => {
  assert.deepEqual(hosts(lock), []);
});

test("a package is found in the nearest node_modules", () => {
  const nested: Lock = {
    packages: { "node_modules/a": {}, "node_modules/b": {}, "node_modules/a/node_modules/b": {} },
  };
  assert.equal(locate(nested, "node_modules/a", "b"), "node_modules/a/node_modules/b");
  assert.equal(locate(nested, "packages/p", "b"), "node_modules/b");
  assert.equal(locate(nested, "node_modules/a", "c"), undefined);
});

test("a gap is an optional package without an entry, or an entry without a hash", () => {
  const broken: Lock = {
    packages: {
      "packages/p": { devDependencies: { tool: "1" } },
      "node_modules/p": { link: true },
      "node_modules/tool": { integrity: "sha512-x", optionalDependencies: { "tool-darwin": "1" } },
      "node_modules/other": { devDependencies: { unused: "1" } },
    },
  };
  assert.deepEqual(gaps(broken), [
    "node_modules/tool needs tool-darwin, which has no entry",
    "node_modules/other has no integrity",
  ]);
});
