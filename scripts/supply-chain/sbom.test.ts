import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type Lock, readLock } from "./lock.ts";
import { closure, sbom } from "./sbom.ts";

const lock: Lock = {
  packages: {
    "packages/app": {
      name: "app",
      version: "1.0.0",
      dependencies: { "@own/part": "1", b: "1" },
      devDependencies: { taken: "1", tool: "1" },
    },
    "packages/part": { name: "@own/part", version: "1.1.0", license: "Apache-2.0", dependencies: { c: "1" } },
    "node_modules/@own/part": { link: true, resolved: "packages/part" },
    "node_modules/b": {
      version: "1.0.0",
      license: "MIT",
      integrity: "sha512-AAE=",
      dependencies: { c: "2" },
    },
    "node_modules/b/node_modules/c": {
      version: "2.0.0",
      license: "MIT",
      optionalDependencies: { gone: "1" },
    },
    "node_modules/c": { version: "1.0.0", license: "MIT" },
    "node_modules/taken": { version: "3.0.0", license: "ISC", dev: true },
    "node_modules/tool": { version: "4.0.0", license: "GPL-3.0", dev: true },
  },
};

test("what npm installs with a package is what it needs, and what that needs, at each version", () => {
  assert.deepEqual(closure(lock, "packages/app"), [
    "node_modules/@own/part",
    "node_modules/b",
    "node_modules/b/node_modules/c",
    "node_modules/c",
  ]);
});

test("an SBOM names what is installed and what is bundled, and no tool", () => {
  const { components, metadata } = sbom(lock, "packages/app", ["node_modules/taken"]);
  assert.deepEqual(metadata.component, { type: "application", name: "app", version: "1.0.0" });
  assert.deepEqual(
    components.map(({ purl, properties }) => [purl, properties[0]?.value]),
    [
      ["pkg:npm/%40own/part@1.1.0", "installed"],
      ["pkg:npm/b@1.0.0", "installed"],
      ["pkg:npm/c@1.0.0", "installed"],
      ["pkg:npm/c@2.0.0", "installed"],
      ["pkg:npm/taken@3.0.0", "bundled"],
    ],
  );
  assert.deepEqual(components[1]?.hashes, [{ alg: "SHA-512", content: "0001" }]);
  assert.deepEqual(components[4]?.licenses, [{ expression: "ISC" }]);
});

test("the SBOM of the command is the same each time, and each component has version, licence and hash", () => {
  const real = readLock(join(import.meta.dirname, "../../package-lock.json"));
  const once = sbom(real, "packages/freehold", ["node_modules/zod"]);
  assert.equal(JSON.stringify(once), JSON.stringify(sbom(real, "packages/freehold", ["node_modules/zod"])));
  assert.ok(once.components.length > 50);
  const incomplete = once.components.filter(
    ({ name, version, hashes }) => version === "" || (hashes === undefined && name !== "@freehold/local-aws"),
  );
  assert.deepEqual(incomplete, []);
  const refs = once.components.map((one) => one["bom-ref"]);
  assert.equal(new Set(refs).size, refs.length);
});
