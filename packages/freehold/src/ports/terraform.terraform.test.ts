import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { StackFolder } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { createEnvironments } from "./environment.ts";
import { createProcesses } from "./processes.ts";
import { lifeOf } from "./run-mark.ts";
import { createTerraform } from "./terraform.ts";
import { startedPrefix } from "./work.ts";

const environments = createEnvironments(process.env);
const processes = createProcesses(environments.plain);
const request = { environments, root: join(tmpdir(), "project"), processes };
const terraform = createTerraform(request);
const onStart = async () => {};

async function withRoot(root: unknown, run: (folder: StackFolder) => Promise<void>): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "freehold-root-"));
  const folder = { run: join(scratch, "run"), shared: join(scratch, "shared") };
  for (const path of Object.values(folder)) await mkdir(path);
  await writeFile(join(folder.run, "main.tf.json"), JSON.stringify(root));
  try {
    await run(folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function changesIn(plan: unknown): unknown {
  return typeof plan === "object" && plan !== null && "resource_changes" in plan
    ? plan.resource_changes
    : plan;
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

test("a second run of the same root, beside the first, initialises nothing and has a plan of its own", async () => {
  const root = { ...tidy, terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } };
  await withRoot(root, async (first) => {
    await terraform.init(first);
    await terraform.plan(first, {});
    const second = { ...first, run: `${first.run}-2` };
    await mkdir(second.run);
    await writeFile(join(second.run, "main.tf.json"), JSON.stringify(root));
    await terraform.init(second);
    assert.equal(existsSync(join(second.run, "init.log")), false, "it runs no `terraform init`");
    const [whole, again] = await Promise.all([terraform.plan(first, {}), terraform.plan(second, {})]);
    assert.deepEqual(changesIn(again), changesIn(whole));
    assert.equal((await readdir(first.shared)).length, 1);
    for (const { run } of [first, second])
      assert.equal((await lstat(join(run, "plan.bin"))).mode & 0o777, 0o600);
  });
});

test("two runs that initialise at once come to one folder of data", async () => {
  await withRoot(tidy, async (first) => {
    const second = { ...first, run: `${first.run}-2` };
    await mkdir(second.run);
    await writeFile(join(second.run, "main.tf.json"), JSON.stringify(tidy));
    await Promise.all([terraform.init(first), terraform.init(second)]);
    assert.equal((await readdir(first.shared)).length, 1);
    await Promise.all([terraform.plan(first, {}), terraform.plan(second, {})]);
  });
});

test("a run's folder names each Terraform that it has started, so that none loses it", async () => {
  await withRoot(tidy, async (folder) => {
    await terraform.init(folder);
    await rm(join(folder.run, "main.tf.json"));
    const provisioner = [{ "local-exec": { command: "ls" } }];
    const root = { resource: { terraform_data: { look: { provisioner } } } };
    await writeFile(join(folder.run, "main.tf.json"), JSON.stringify(root));
    await terraform.plan(folder, {});
    let pid = 0;
    await terraform.apply(folder, {
      onStart: async (started) => {
        pid = started;
        const marks = (await readdir(folder.run)).filter((name) => name.startsWith(startedPrefix));
        const lives = await Promise.all(
          marks.map((name) => lifeOf(name.slice(startedPrefix.length), processes)),
        );
        assert.equal(lives.filter((one) => one === "running").length, 1);
        assert.ok(marks.some((name) => name.includes(`.${pid}.`)));
      },
    });
    assert.ok(pid > 0);
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
    await writeFile(join(folder.run, "main.tf.json"), JSON.stringify(guarded("b")));
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
    assert.match(await readFile(join(folder.run, "terraform.tfstate"), "utf8"), /"first"/);
  });
});

test("what was not made to its end is taken as sound when it is said so", async () => {
  const provisioner = [{ "local-exec": { command: "exit 1" } }];
  await withRoot({ resource: { terraform_data: { greeting: { provisioner } } } }, async (folder) => {
    await terraform.init(folder);
    await terraform.plan(folder, {});
    await assert.rejects(terraform.apply(folder, { onStart }));
    assert.match(await readFile(join(folder.run, "terraform.tfstate"), "utf8"), /"tainted"/);
    await terraform.untaint(folder, "terraform_data.greeting", { onStart });
    assert.doesNotMatch(JSON.stringify(await terraform.plan(folder, {})), /"create"/);
  });
});
