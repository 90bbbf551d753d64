import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { createEnvironments } from "./environment.ts";
import { createProcesses } from "./processes.ts";
import { createTerraform } from "./terraform.ts";

const environments = createEnvironments(process.env);
const processes = createProcesses(environments.plain);
const request = { environments, pid: process.pid, processes };
const terraform = createTerraform(request);
const onStart = async () => {};

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
    let started = 0;
    await terraform.apply(folder, {
      onLine: (line) => seen.push(line["type"]),
      onStart: async (pid) => {
        started = pid;
      },
    });
    assert.ok(started > 0);
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
      assert.match(error.message, /inputt/);
      assert.match(error.problems.at(-1)?.hint ?? "", /plan\.log/);
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

test("only what is targeted is planned, and a removal when it is asked for", async () => {
  const two = { resource: { terraform_data: { greeting: { input: "hello" }, other: { input: "world" } } } };
  await withRoot(two, async (folder) => {
    await terraform.init(folder);
    const addresses = (plan: unknown) => [
      ...JSON.stringify(plan).matchAll(/"address":"([^"]+)"[^{}]*"change"|"address":"([^"]+)","mode"/g),
    ];
    const whole = addresses(await terraform.plan(folder, {})).length;
    const part = addresses(await terraform.plan(folder, { targets: ["terraform_data.other"] })).length;
    assert.ok(part > 0 && part < whole, `${part} of ${whole}`);
    await terraform.plan(folder, {});
    await terraform.apply(folder, { onStart });
    assert.match(JSON.stringify(await terraform.plan(folder, { destroy: true })), /"actions":\["delete"\]/);
  });
});

test("a guarded thing that would go is told in the words the engine looks for", async () => {
  const guarded = (input: string) => ({
    resource: {
      terraform_data: { greeting: { triggers_replace: input, lifecycle: { prevent_destroy: true } } },
    },
  });
  await withRoot(guarded("a"), async (folder) => {
    await terraform.init(folder);
    await terraform.plan(folder, {});
    await terraform.apply(folder, { onStart });
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(guarded("b")));
    await assert.rejects(terraform.plan(folder, {}), (error) => {
      assert.ok(error instanceof UserError);
      const message = error.problems[0]?.message ?? "";
      assert.match(message, /^Instance cannot be destroyed/);
      assert.match(
        message.replaceAll(/\s+/g, " "),
        /Resource terraform_data\.greeting has lifecycle\.prevent_destroy/,
      );
      return true;
    });
  });
});

test("an interrupted apply ends in order: its state is written", async () => {
  const interrupt = new AbortController();
  const slow = createTerraform({ ...request, interrupt: interrupt.signal });
  const provisioner = [{ "local-exec": { command: "sleep 5" } }];
  const root = {
    resource: {
      terraform_data: {
        first: { input: "made" },
        second: { input: "slow", depends_on: ["terraform_data.first"], provisioner },
      },
    },
  };
  await withRoot(root, async (folder) => {
    await slow.init(folder);
    await slow.plan(folder, {});
    const applying = slow.apply(folder, {
      onStart,
      onLine: (line) => {
        if (line["type"] === "provision_start") interrupt.abort();
      },
    });
    await assert.rejects(applying, (error) => error instanceof UserError && error.exitCode === 130);
    assert.match(await readFile(join(folder, "terraform.tfstate"), "utf8"), /"first"/);
  });
});

test("what was not made to its end is taken as sound when it is said so", async () => {
  const provisioner = [{ "local-exec": { command: "exit 1" } }];
  await withRoot({ resource: { terraform_data: { greeting: { provisioner } } } }, async (folder) => {
    await terraform.init(folder);
    await terraform.plan(folder, {});
    await assert.rejects(terraform.apply(folder, { onStart }));
    assert.match(await readFile(join(folder, "terraform.tfstate"), "utf8"), /"tainted"/);
    await terraform.untaint(folder, "terraform_data.greeting", { onStart });
    assert.doesNotMatch(JSON.stringify(await terraform.plan(folder, {})), /"create"/);
  });
});
