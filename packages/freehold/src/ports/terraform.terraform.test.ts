import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { createTerraform } from "./terraform.ts";

const terraform = createTerraform({ ...process.env });

async function withRoot(root: unknown, run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "freehold-root-"));
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(root));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const tidy = { resource: { terraform_data: { greeting: { input: "hello" } } } };

test("plans, applies with its process told, and plans empty", async () => {
  await withRoot(tidy, async (folder) => {
    await terraform.init(folder);
    const before = JSON.stringify(await terraform.plan(folder, {}));
    assert.match(before, /"actions":\["create"\]/);
    const seen: unknown[] = [];
    let pid = 0;
    await terraform.apply(folder, {
      onLine: (line) => seen.push(line["type"]),
      onPid: (started) => {
        pid = started;
      },
    });
    assert.ok(pid > 0);
    assert.ok(seen.includes("apply_complete"));
    const after = JSON.stringify(await terraform.plan(folder, {}));
    assert.match(after, /"actions":\["no-op"\]/);
  });
});

test("a failure is told in Terraform's words, with the place of the whole output", async () => {
  await withRoot({ resource: { terraform_data: { greeting: { inputt: "hello" } } } }, async (folder) => {
    await terraform.init(folder);
    await assert.rejects(terraform.plan(folder, {}), (error) => {
      assert.ok(error instanceof UserError);
      const [problem] = error.problems;
      assert.match(problem?.message ?? "", /inputt/);
      assert.match(problem?.hint ?? "", /plan\.log/);
      return true;
    });
  });
});

test("init is done once for the same root, and again for another", async () => {
  await withRoot(tidy, async (folder) => {
    await terraform.init(folder);
    const started = performance.now();
    await terraform.init(folder);
    assert.ok(performance.now() - started < 100, "the second init runs no Terraform");
  });
});
