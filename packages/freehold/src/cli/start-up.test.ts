import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../bin/freehold.mjs", import.meta.url));
const shop = fileURLToPath(new URL("../../../../examples/shop/", import.meta.url));
const teller = new URL("testing/tell-modules.ts", import.meta.url).href;

/** What a cold `check` has no use for. Each of them is loaded where a command begins that needs it. */
const foreign = [
  /^node:crypto$/,
  /\/node_modules\/(?!(?:commander|yaml|zod)\/)/,
  /\/packages\/freehold\/src\/(?:aws|init|ports|terraform)\/(?!(?:boundary|open-within)\.ts$)/,
  /\/packages\/freehold\/src\/config\/adapters\/(?:cnc|copilot)\//,
  /\/packages\/freehold\/src\/cli\/commands\/(?!check\.ts$)/,
];

function modulesOf(...args: readonly string[]): readonly string[] {
  const { stderr } = spawnSync(process.execPath, ["--import", teller, binary, ...args], {
    cwd: shop,
    encoding: "utf8",
  });
  return stderr.split("\n").filter((line) => /^(?:file|node):/.test(line));
}

test("check loads what reading a file takes, and no more", () => {
  const modules = modulesOf("check");
  assert.ok(modules.some((url) => url.endsWith("/src/config/parse.ts")));
  assert.deepEqual(
    modules.filter((url) => foreign.some((prefix) => prefix.test(url))),
    [],
  );
});

test("--version loads no more than the command line itself", () => {
  const modules = modulesOf("--version");
  assert.ok(modules.some((url) => url.endsWith("/src/cli/main.ts")));
  assert.deepEqual(
    modules.filter((url) => /\/node_modules\/(?!commander\/)|\/src\/config\/(?!adapters\/)/.test(url)),
    [],
  );
});
