import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folder = join(import.meta.dirname, "../../.github/workflows");
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(join(folder, name), "utf8")] as const,
);

test("every action is pinned to a commit, with the version that it is", () => {
  const uses = workflows.flatMap(([, text]) => text.match(/uses: .*/g) ?? []);
  assert.ok(uses.length >= 4);
  for (const one of uses) assert.match(one, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("a workflow may read the repository; the one that publishes may prove what it is, and nothing more", () => {
  for (const [name, text] of workflows) {
    assert.match(text, /^permissions:\n {2}contents: read\njobs:/m, name);
    const writes = text.match(/\w[\w-]*: write/g) ?? [];
    assert.deepEqual(writes, name === "publish.yml" ? ["id-token: write"] : [], name);
    assert.doesNotMatch(text, /pull_request_target|secrets\.|\$\{\{/, name);
  }
});

test("what is published carries its provenance", () => {
  const publish = workflows.find(([name]) => name === "publish.yml")?.[1] ?? "";
  const commands = publish.match(/npm publish .*/g) ?? [];
  assert.equal(commands.length, 2);
  for (const one of commands) assert.match(one, /--provenance/);
});
