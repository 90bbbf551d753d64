import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { Change } from "../../terraform/plan.ts";
import { isBrokenOff } from "../lease/broken-off.ts";
import { plan } from "../plan.ts";
import { readSurroundings } from "../surroundings.ts";
import { brokenOff, type LeftBehind, leftBehind, withExisting } from "../testing/left-behind.ts";
import { shopApplication } from "../testing/shop.ts";
import { createTranscript } from "../testing/transcript.ts";
import { up } from "../up.ts";
import { isWithin } from "./provision.ts";

const request = { application: shopApplication() };

async function converse({ ports }: LeftBehind) {
  const transcript = createTranscript();
  const result = await up(request, ports, transcript.emit);
  const lines = transcript
    .lines()
    .filter(
      (line) => /^(plan|apply|take|finish)\S*\/collection /.test(line) || /^\S+\/collection done/.test(line),
    );
  return { result, lines: lines.filter((line) => !/ [~…]/.test(line)) };
}

test("after a Terraform that was killed: what it made is taken over, all in one plan, and the note is gone", async () => {
  const account = await leftBehind("aws_vpc.main", "aws_internet_gateway.main", "aws_lb.main");
  await brokenOff(account);
  const { lines } = await converse(account);
  assert.deepEqual(lines, [
    "plan/collection done (41 to create, 3 to update)",
    "apply/collection done (41 to create, 3 to update)",
  ]);
  const { collectionLease } = await readSurroundings(request, account.ports);
  assert.equal(await isBrokenOff(collectionLease, account.ports), false);
  assert.deepEqual(account.world.questions.asked, ["Make these 114 changes, then release to default/dev?"]);
  assert.equal((await plan(request, account.ports, () => {})).hasChanges, false);
});

test("a plan after it says what would be taken over, and changes nothing", async () => {
  const account = await leftBehind("aws_lb.main");
  await brokenOff(account);
  account.world.journal.calls.length = 0;
  const { collection } = await plan(request, account.ports, () => {});
  const taken = collection.filter((change) => change.action === "import").map((change) => change.address);
  assert.deepEqual(taken, ["aws_lb.main"]);
  assert.deepEqual(account.world.journal.calls, []);
});

test("what nobody has noted is met by the apply: everything is looked for, and taken over by a second try", async () => {
  const account = await leftBehind("aws_ecs_cluster.main");
  const { lines } = await converse(account);
  assert.deepEqual(lines, [
    "plan/collection done (44 to create)",
    "apply/collection failed: creating aws_ecs_cluster.main: EntityAlreadyExists",
    "plan-taking-over/collection done (1 to update)",
    "take-over/collection done (1 to update)",
  ]);
  assert.deepEqual(
    account.world.questions.asked,
    ["Make these 114 changes, then release to default/dev?"],
    "making it was agreed to",
  );
  const { collectionLease } = await readSurroundings(request, account.ports);
  assert.equal(await isBrokenOff(collectionLease, account.ports), false);
});

test("what cannot be found fails as Terraform said it, and stays noted", async () => {
  const account = await leftBehind("aws_vpc.main");
  const ports = { ...account.ports, aws: withExisting(account.world.ports.aws, []) };
  await assert.rejects(
    up(request, ports, () => {}),
    /creating aws_vpc\.main: EntityAlreadyExists/,
  );
  const { collectionLease } = await readSurroundings(request, ports);
  assert.equal(await isBrokenOff(collectionLease, ports), true);
});

test("a security group without its own rules yet is closed before it is used", async () => {
  const account = await leftBehind("aws_vpc.main", "aws_security_group.load_balancer");
  for (const one of account.things) one.isOpen = true;
  await brokenOff(account);
  const { lines } = await converse(account);
  assert.equal(lines[0], "finish/collection done (aws_security_group.load_balancer)");
  assert.equal(account.things.find((one) => one.id === "aws_security_group.load_balancer")?.isOpen, false);
});

test("a stranger's is not taken over, and nothing is applied", async () => {
  const account = await leftBehind("aws_lb.main");
  for (const one of account.things) one.tags = {};
  await brokenOff(account);
  await assert.rejects(
    up(request, account.ports, () => {}),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.problems[0]?.code, "name-taken");
      return true;
    },
  );
  assert.deepEqual(account.world.terraform.calls, []);
});

test("what AWS is still making is waited for before it is planned", async () => {
  const account = await leftBehind("aws_lb.main", "aws_nat_gateway.main");
  for (const one of account.things) one.state = one.id === "aws_lb.main" ? "provisioning" : "pending";
  await brokenOff(account);
  const { clock } = account.ports;
  const sleep = async (milliseconds: number) => {
    const [settled] = account.things.filter((one) => one.state !== undefined);
    if (settled !== undefined) delete settled.state;
    await clock.sleep(milliseconds);
  };
  const { lines } = await converse({ ...account, ports: { ...account.ports, clock: { ...clock, sleep } } });
  assert.deepEqual(lines, [
    "finish/collection done (aws_nat_gateway.main, aws_lb.main)",
    "plan/collection done (42 to create, 2 to update)",
    "apply/collection done (42 to create, 2 to update)",
  ]);
});

test("what will not come of itself stops it, with the way out", async () => {
  const account = await leftBehind("aws_cloudfront_vpc_origin.main");
  for (const one of account.things) one.state = "Failed";
  await brokenOff(account);
  await assert.rejects(
    up(request, account.ports, () => {}),
    /it is Failed now/,
  );
  assert.deepEqual(account.world.terraform.calls, []);
});

const change = (address: string, action: Change["action"], isImport = false): Change => ({
  ...{ address, type: "", action, changed: [], replacedFor: [], isImport, losesData: false },
});

test("agreed to is what was listed, or taking over what was to be made; nothing else", () => {
  const agreed = [change("a", "create"), change("b", "update")];
  assert.ok(isWithin(agreed, []));
  assert.ok(isWithin(agreed, [change("a", "create")]));
  assert.ok(isWithin(agreed, [change("a", "update", true), change("b", "update")]));
  assert.ok(!isWithin(agreed, [change("a", "delete")]));
  assert.ok(!isWithin(agreed, [change("b", "replace")]));
  assert.ok(!isWithin(agreed, [change("c", "update", true)]));
});
