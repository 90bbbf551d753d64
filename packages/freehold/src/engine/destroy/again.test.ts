import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "../../aws/names.ts";
import { UserError } from "../../errors.ts";
import { destroyEnvironment } from "../destroy.ts";
import type { Ports } from "../ports.ts";
import { type FakeAccount, fakeAccount, ownTags, stateBucket } from "../testing/fake-account.ts";
import { Killed } from "../testing/fake-client.ts";
import { shopApplication } from "../testing/shop.ts";
import { up } from "../up.ts";
import { destroyCollection } from "./collection.ts";

const request = { application: shopApplication() };
const verbs = { environment: destroyEnvironment, collection: destroyCollection };
const identity = { application: "shop", collection: "default", environment: "dev", service: "api" };
const group = "arn:aws:ec2:us-east-1:111111111111:security-group/sg-orphan";
const role = "arn:aws:iam::111111111111:role/shop-default-dev-orphan";

/** A running shop, with what a killed run may have left beside it: revisions, a group and a role that no state knows. */
async function running(): Promise<FakeAccount> {
  const world = await fakeAccount();
  await up(request, world.ports, () => {});
  world.families.set(nameOf("taskFamily", identity), ["1 off", "2"]);
  world.inventory.things.set(group, ownTags);
  world.inventory.things.set(role, ownTags);
  world.ecs.tasks.push({ taskArn: "task/once/run", group: `family:${nameOf("taskFamily", identity)}` });
  world.journal.calls.length = 0;
  world.terraform.calls.length = 0;
  return world;
}

async function readyFor(verb: keyof typeof verbs): Promise<FakeAccount> {
  const world = await running();
  if (verb === "collection") await destroyEnvironment(request, world.ports, () => {});
  world.journal.calls.length = 0;
  return world;
}

/** The run before is dead: nobody holds what it held. */
function afterDeath({ ports }: FakeAccount): Ports {
  const { runner } = ports;
  const pid = runner.pid + 1;
  const startOf = async (asked: number) => (asked === pid ? `start of ${pid}` : undefined);
  return { ...ports, runner: { ...runner, pid }, processes: { startOf } };
}

/** What has to be gone, and is not. */
function leftOf(
  { terraform, families, inventory, s3 }: FakeAccount,
  verb: keyof typeof verbs,
): readonly unknown[] {
  const held = [...terraform.held].filter(([folder]) =>
    folder.endsWith(verb === "collection" ? "collection" : "dev"),
  );
  const prefix =
    verb === "collection" ? `${stateBucket}/shop/` : "releases/|priorities/|dev.tfstate|leases/dev";
  return [
    ...held.flatMap(([, things]) => [...things.keys()]),
    ...families.keys(),
    ...[...inventory.things.keys()].filter((arn) => !arn.includes(":snapshot:")),
    ...[...s3.objects.keys()].filter((key) => new RegExp(prefix).test(key)),
  ];
}

for (const verb of ["environment", "collection"] as const) {
  test(`${verb}: killed at any of its calls and run again, nothing is left`, async () => {
    const whole = await readyFor(verb);
    await verbs[verb](request, whole.ports, () => {});
    const count = whole.journal.calls.length;
    assert.deepEqual(leftOf(whole, verb), []);
    assert.ok(count > 5, whole.journal.calls.join(" "));
    for (let failAt = 0; failAt < count; failAt += 1) {
      const world = await readyFor(verb);
      world.journal.failAt = failAt;
      // A call that gives something back, or that is tried beside Terraform, may fail without ending the verb.
      await verbs[verb](request, world.ports, () => {}).catch((error: unknown) => demandOurs(error));
      delete world.journal.failAt;
      await verbs[verb](request, afterDeath(world), () => {});
      assert.deepEqual(leftOf(world, verb), [], `killed at call ${failAt}: ${whole.journal.calls[failAt]}`);
    }
  });

  test(`${verb}: Terraform breaks off after any number of removals; run again, nothing is left`, async () => {
    for (const failAfter of [0, 1, 2, 10, 20]) {
      const world = await readyFor(verb);
      world.terraform.failAfter = failAfter;
      await assert.rejects(
        verbs[verb](request, world.ports, () => {}),
        /It broke\./,
      );
      world.terraform.failAfter = undefined;
      await verbs[verb](request, world.ports, () => {});
      assert.deepEqual(leftOf(world, verb), [], `broken off after ${failAfter}`);
    }
  });
}

test("what cannot be removed is told with its way out, and gone once its reason is", async () => {
  const world = await readyFor("environment");
  world.inventory.stuck.set(group, "DependencyViolation");
  await assert.rejects(
    destroyEnvironment(request, world.ports, () => {}),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.exitCode, 1);
      assert.deepEqual(
        error.problems.map(({ code, subject }) => [code, subject]),
        [["left-behind", group]],
      );
      assert.match(error.problems[0]?.hint ?? "", /run `freehold destroy` again/);
      return true;
    },
  );
  assert.ok(!world.inventory.things.has(role), "the rest is removed all the same");
  world.inventory.stuck.clear();
  world.questions.asked.length = 0;
  await destroyEnvironment(request, world.ports, () => {});
  assert.deepEqual([leftOf(world, "environment"), world.questions.asked], [[], []]);
});

function demandOurs(error: unknown): void {
  assert.ok(error instanceof Killed || error instanceof UserError, String(error));
}

for (const verb of ["environment", "collection"] as const) {
  test(`${verb}: interrupted after any of its steps, it begins no other; the next run ends the work`, async () => {
    const steps = await stepsUntil(await readyFor(verb), verb, "");
    assert.ok(steps.done.length > 2);
    for (const last of steps.done.slice(0, -1)) {
      const world = await readyFor(verb);
      const { done, error } = await stepsUntil(world, verb, last);
      assert.equal(done.at(-1), last);
      assert.ok(error instanceof UserError && error.exitCode === 130, `${last}: ${error}`);
      await verbs[verb](request, world.ports, () => {});
      assert.deepEqual(leftOf(world, verb), [], last);
    }
  });
}

/** Runs a verb, interrupted once the step of this id has ended; answers the steps that ended. */
async function stepsUntil(world: FakeAccount, verb: keyof typeof verbs, last: string) {
  const interrupt = new AbortController();
  const done: string[] = [];
  const { signal } = interrupt;
  const error: unknown = await verbs[verb]({ ...request, signal }, world.ports, (event) => {
    if (event.type !== "step-finished") return;
    done.push(event.id);
    if (event.id === last) interrupt.abort();
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { done, error };
}
