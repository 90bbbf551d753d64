import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { goldenFiles } from "./testing/golden.ts";

const repository = join(import.meta.dirname, "../../../..");

for (const [path, text] of goldenFiles()) {
  test(`${path} is what the code makes of it`, () => {
    const expected = readFileSync(join(repository, path), "utf8");
    assert.ok(expected === text, `${path} differs; run \`npm run golden\` and read the difference in git`);
  });
}
