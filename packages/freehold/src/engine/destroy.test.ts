import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../aws/names.ts";
import { UserError } from "../errors.ts";
import { ensureStateBucket } from "./bootstrap.ts";
import { destroyCollection } from "./destroy/collection.ts";
import { destroyEnvironment } from "./destroy.ts";
import { plan } from "./plan.ts";
import { type FakeAccount, fakeAccount } from "./testing/fake-account.ts";
import { brokenOff, leftBehind } from "./testing/left-behind.ts";
import { shopApplication, shopTarget } from "./testing/shop.ts";
import { createTranscript } from "./testing/transcript.ts";
import { up } from "./up.ts";

const request = { application: shopApplication() };
/** As the state tells it, and as it is rendered, which alone is known once the state is gone. */
const family = shopTarget().outputs.services["api"]?.template.family ?? "";
const rendered = nameOf("taskFamily", {
  application: "shop",
  collection: "default",
  environment: "dev",
  service: "api",
});

async function isUp(): Promise<FakeAccount> {
  const world = await fakeAccount();
  await up(request, world.ports, () => {});
  world.families.set(family, ["1 off", "2", "3"]);
  world.families.set(`${family}-admin`, ["1"]);
  world.terraform.calls.length = 0;
  world.questions.asked.length = 0;
  world.journal.calls.length = 0;
  return world;
}

async function destroyed(): Promise<FakeAccount> {
  const world = await isUp();
  await destroyEnvironment(request, world.ports, () => {});
  world.terraform.calls.length = 0;
  return world;
}

test("an environment: guards are opened, the stack goes, then what releases left; what is kept is told", async () => {
  const world = await isUp();
  const transcript = createTranscript();
  const { kept } = await destroyEnvironment(request, world.ports, transcript.emit);
  assert.deepEqual(
    transcript.lines().filter((line) => !line.endsWith("…")),
    [
      "note aws_db_instance.db holds data, and will be removed",
      "note aws_s3_bucket.web holds data, and will be removed",
      "note aws_secretsmanager_secret.bindings_api holds data, and will be removed",
      "note aws_secretsmanager_secret.environment holds data, and will be removed",
      "note aws_secretsmanager_secret.master_db holds data, and will be removed",
      "note aws_secretsmanager_secret.role_db_shop_givgjt holds data, and will be removed",
      "note aws_secretsmanager_secret.token_cache holds data, and will be removed",
      "note aws_sqs_queue.report_dead_letter_xhckoy holds data, and will be removed",
      "stop unchanged",
      "plan/environment done (2 to update)",
      "apply/environment done (2 to update)",
      "plan-removal/environment done (70 to delete)",
      "changes",
      "remove/environment done (70 to delete)",
      "outside done",
      "verify done (0 left over, 6 kept)",
    ],
  );
  assert.deepEqual(world.questions.asked, ["This removes dev. Type its name to go on:"]);
  const subjects = kept.map(({ subject }) => subject);
  assert.ok(
    subjects.some((one) => /^database snapshot shop-default-dev-db-20260101-\d{4}-/.test(one)),
    subjects.join("\n"),
  );
  assert.equal(subjects.filter((one) => one.startsWith("secret ")).length, 5);
  assert.deepEqual(subjects.slice(0, 2), [
    "state bucket freehold-state-111111111111-us-east-1",
    "collection default",
  ]);
});

test("it leaves neither revisions, releases, priorities nor a lease; another family stays", async () => {
  const world = await destroyed();
  assert.deepEqual([...world.families.keys()], [`${family}-admin`]);
  const left = [...world.s3.objects.keys()].filter((key) =>
    /priorities|releases|lease|dev.tfstate/.test(key),
  );
  assert.deepEqual(left, []);
});

test("the name is not given: nothing is changed", async () => {
  const world = await isUp();
  world.questions.isYes = false;
  await assert.rejects(
    destroyEnvironment(request, world.ports, () => {}),
    exitsWith(130),
  );
  assert.deepEqual(world.terraform.calls, []);
  assert.equal((await plan(request, world.ports, () => {})).hasChanges, false);
});

test("a half-made environment is not completed in order to be removed", async () => {
  const world = await fakeAccount();
  world.terraform.failAfter = 50;
  await assert.rejects(up(request, world.ports, () => {}));
  world.terraform.failAfter = undefined;
  world.terraform.calls.length = 0;
  const transcript = createTranscript();
  await destroyEnvironment(request, world.ports, transcript.emit);
  assert.ok(!transcript.lines().some((line) => /apply.*create/.test(line)), transcript.lines().join("\n"));
  assert.ok(transcript.lines().includes("remove/environment done (50 to delete)"));
});

test("a run that died after the stack was gone is completed by the next, which asks nothing", async () => {
  const world = await destroyed();
  world.families.set(rendered, ["4"]);
  world.s3.objects.set("artifacts/priorities/1", "dev");
  world.questions.asked.length = 0;
  await destroyEnvironment(request, world.ports, () => {});
  assert.deepEqual([...world.families.keys()], [`${family}-admin`]);
  assert.ok(!world.s3.objects.has("artifacts/priorities/1"));
  assert.deepEqual([world.questions.asked, world.terraform.calls], [[], []]);
});

test("where only a secret was set, it is deleted so that it can be brought back; the next finds nothing to do", async () => {
  const world = await fakeAccount();
  await destroyEnvironment(request, world.ports, () => {});
  assert.deepEqual(world.journal.calls, ["deleteSecret"]);
  const { kept } = await destroyEnvironment(request, world.ports, () => {});
  assert.deepEqual(
    kept.map(({ subject }) => subject),
    ["secret shop-default-dev-xhudnf/environment"],
  );
  await destroyCollection(request, world.ports, () => {});
  assert.deepEqual(world.journal.calls, ["deleteSecret"]);
});

test("a collection with environments stays", async () => {
  const world = await isUp();
  await assert.rejects(
    destroyCollection(request, world.ports, () => {}),
    /Environments stand on it: dev/,
  );
  assert.deepEqual(world.terraform.calls, []);
});

test("a collection goes, and with it the group that CloudFront left in its network", async () => {
  const world = await destroyed();
  world.journal.calls.length = 0;
  await destroyCollection(request, world.ports, () => {});
  assert.deepEqual(world.terraform.calls, [
    "plan collection",
    "apply collection",
    "plan-destroy collection",
    "apply collection",
  ]);
  assert.ok(world.journal.calls.includes("deleteSecurityGroup"));
  assert.equal(world.terraform.held.get("/work/shop/default/collection")?.size, 0);
});

test("after both, the shop comes up again, and takes its secrets over", async () => {
  const world = await destroyed();
  await destroyCollection(request, world.ports, () => {});
  for (const id of world.secrets.tags.keys()) world.secrets.waiting.add(id);
  const { release } = await up(request, world.ports, () => {});
  assert.equal(release, "v1");
  assert.deepEqual([...world.secrets.waiting], []);
});

function exitsWith(code: number) {
  return (error: unknown) => error instanceof UserError && error.exitCode === code;
}

test("a collection whose Terraform was killed: what it made and did not write down is taken over, and removed", async () => {
  const account = await leftBehind("aws_vpc.main", "aws_lb.main");
  await brokenOff(account);
  account.world.secrets.secrets.clear();
  await ensureStateBucket("111111111111", account.ports, () => {});
  await destroyCollection(request, account.ports, () => {});
  const { calls, held } = account.world.terraform;
  assert.deepEqual(calls, [
    "plan collection",
    "plan collection",
    "apply collection",
    "plan-destroy collection",
    "apply collection",
  ]);
  assert.deepEqual([...(held.get("/work/shop/default/collection") ?? [])], []);
  assert.deepEqual(
    [...account.world.s3.objects.keys()].filter((key) => /broken-off|lease/.test(key)),
    [],
  );
});
