import assert from "node:assert/strict";
import { test } from "node:test";
import type { S3 } from "@aws-sdk/client-s3";
import { example } from "../../../aws/testing/example.ts";
import { shopCollectionStack, shopEnvironmentStack } from "../../../aws/testing/shop.ts";
import { production } from "../../../aws/testing/vary.ts";
import { UserError } from "../../../errors.ts";
import type { Stack } from "../../../terraform/stack.ts";
import type { Ports } from "../../ports.ts";
import { FakeAwsError, fakeClient } from "../../testing/fake-client.ts";
import { fakeWorld } from "../../testing/fake-ports.ts";
import { closeGroups, findUnmanaged } from "../adopt.ts";
import type { StackContents } from "../state.ts";
import { kinds } from "./kinds.ts";
import { fakeExisting, thingsOf } from "./testing/fake-existing.ts";
import type { Thing } from "./testing/world.ts";

const files = example("files");

const stacks: readonly (readonly [string, Stack])[] = [
  ["collection", shopCollectionStack()],
  ["environment", shopEnvironmentStack()],
  ["production", shopEnvironmentStack(production)],
  ["files", files.stackOf(files.environment)],
];

const nothing: StackContents = { managed: [], tainted: [], ids: {} };

function search(stack: Stack, things: readonly Thing[], state = nothing) {
  const ports: Ports = { ...fakeWorld().ports, aws: fakeExisting(things) };
  return findUnmanaged({ stack, state, isBrokenOff: true }, ports);
}

/** Ids that `import` asks for where they are not AWS's own: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs. */
function importId({ block, id, name }: Thing, things: readonly Thing[]): string {
  const group = things.find((one) => one.block.type === "aws_scheduler_schedule_group");
  const named =
    /log_group|db_|ecr_|ecs_cluster|elasticache|iam_role|s3_bucket|schedule_group|_function|key_value/;
  if (block.type === "aws_route") return `aws_route_table.${block.name}_0.0.0.0/0`;
  if (block.type === "aws_route_table_association")
    return `aws_subnet.${block.name}/aws_route_table.${block.name.split("_")[0]}`;
  if (block.type === "aws_ecs_service") return `shop-default/${name}`;
  if (block.type === "aws_scheduler_schedule") return `${group?.name}/${name}`;
  return named.test(block.type) ? name : id;
}

for (const [name, stack] of stacks) {
  test(`${name}: every type of resource in it has a way to be found, or need not be`, () => {
    const types = new Set(stack.blocks.filter((one) => one.kind === "resource").map((one) => one.type));
    assert.deepEqual(
      [...types].filter((type) => !Object.hasOwn(kinds, type)),
      [],
    );
  });

  test(`${name}: all that exists is taken over by the id that the provider asks for`, async () => {
    const things = thingsOf(stack);
    const { imports, pending } = await search(stack, things);
    const wanted = things.map((one) => ({ to: one.id, id: importId(one, things) }));
    assert.deepEqual(byAddress(imports), byAddress(wanted));
    assert.deepEqual(pending, []);
  });

  test(`${name}: what does not exist is made`, async () => {
    assert.deepEqual((await search(stack, [])).imports, []);
  });

  test(`${name}: without one thing, it and what is part of it are made, and all else is taken over`, async () => {
    const things = thingsOf(stack);
    for (const gone of things) {
      const { imports } = await search(
        stack,
        things.filter((one) => one !== gone),
      );
      const left = new Set(imports.map((one) => one.to));
      assert.ok(!left.has(gone.id), gone.id);
      const rest = things.filter((one) => one !== gone && !standsOn(one, gone, things));
      assert.deepEqual(
        rest.filter((one) => !left.has(one.id)).map((one) => one.id),
        [],
        gone.id,
      );
    }
  });

  test(`${name}: what bears a name of ours without our tags stops it, and is named`, async () => {
    for (const index of thingsOf(stack).keys()) {
      const things = thingsOf(stack);
      const one = things[index];
      if (one === undefined || !bearsTags(one)) continue;
      one.tags = { Name: one.tags["Name"] ?? "", ManagedBy: "somebody" };
      // EC2 and CloudFront know no names: a stranger's is none of ours.
      if (isFoundByTags(one)) {
        assert.ok(!(await search(stack, things)).imports.some(({ to }) => to === one.id), one.id);
        continue;
      }
      await assert.rejects(search(stack, things), (error) => {
        assert.ok(error instanceof UserError, one.id);
        assert.deepEqual([error.problems[0]?.code, error.problems.length], ["name-taken", 1], one.id);
        assert.match(error.problems[0]?.message ?? "", new RegExp(one.id.replace(".", "\\.")));
        return true;
      });
    }
  });
}

function byAddress(imports: readonly { readonly to: string; readonly id: string }[]) {
  return imports.toSorted((a, b) => (a.to < b.to ? -1 : 1));
}

/** Whether a thing is part of another, or of a part of it. */
function standsOn(one: Thing, other: Thing, things: readonly Thing[]): boolean {
  const parts = [
    "vpc_id",
    "file_system_id",
    "route_table_id",
    "subnet_id",
    "security_group_id",
    "referenced_security_group_id",
  ];
  const named = [...parts, "load_balancer_arn", "group_name"].map((part) =>
    JSON.stringify(one.block.args[part]),
  );
  const direct = things.filter(({ block }) =>
    named.some((text) => text?.includes(`"${block.type}","${block.name}"`)),
  );
  return direct.some((base) => base === other || standsOn(base, other, things));
}

function bearsTags({ block }: Thing): boolean {
  const { type } = block;
  return (
    !/_rule$|mount_target$|_route$|association$|_function$|key_value|access_control$|scheduler_schedule$|_route$/.test(
      type,
    ) || type === "aws_lb_listener_rule"
  );
}

function isFoundByTags({ block }: Thing): boolean {
  const ec2 = [
    "aws_vpc",
    "aws_subnet",
    "aws_internet_gateway",
    "aws_eip",
    "aws_nat_gateway",
    "aws_route_table",
  ];
  return [...ec2, "aws_vpc_endpoint", "aws_cloudfront_distribution"].includes(block.type);
}

test("what the state knows is not looked for, and what is part of it is found by its id there", async () => {
  const stack = shopCollectionStack();
  const things = thingsOf(stack);
  const tables = things.filter((one) => one.block.type === "aws_route_table");
  const managed = tables.map((one) => one.id);
  const ids = Object.fromEntries(managed.map((one) => [one, one]));
  const { imports } = await search(stack, things, { managed, tainted: [], ids });
  const found = imports.map((one) => one.to);
  assert.ok(found.includes("aws_route.private") && !found.includes("aws_route_table.private"));
});

for (const [at, state] of [
  ["aws_db_instance.db", "creating"],
  ["aws_elasticache_replication_group.cache", "creating"],
  ["aws_cloudfront_key_value_store.main", "PROVISIONING"],
] as const) {
  test(`${at} that is ${state} has to be waited for`, async () => {
    const stack = shopEnvironmentStack();
    const things = thingsOf(stack);
    for (const one of things.filter((thing) => thing.id === at)) one.state = state;
    const { imports, pending } = await search(stack, things);
    assert.deepEqual(pending, [at]);
    assert.ok(imports.some((one) => one.to === at));
  });
}

test("a group that was made a moment before the kill lets everything out: that is taken away before it is taken over", async () => {
  const stack = shopEnvironmentStack();
  const things = thingsOf(stack).filter((one) => one.block.type !== "aws_vpc_security_group_egress_rule");
  const groups = things.filter((one) => one.block.type === "aws_security_group");
  for (const one of groups) one.isOpen = true;
  const { imports, openGroups } = await search(stack, things);
  const wanted = groups.map(({ id }) => ({ address: id, group: id, rule: `sgr-of-${id}` }));
  assert.deepEqual(openGroups, wanted);
  assert.ok(!imports.some(({ to }) => to.includes("egress_rule")), "AWS's rule is not taken for one of ours");
  await closeGroups(openGroups, { ...fakeWorld().ports, aws: fakeExisting(things, { calls: [] }) });
  assert.deepEqual((await search(stack, things)).openGroups, []);
});

test("two of one name and our tags: it cannot be known which is meant", async () => {
  const stack = shopCollectionStack();
  const things = thingsOf(stack);
  const [vpc] = things.filter((one) => one.id === "aws_vpc.main");
  assert.ok(vpc !== undefined);
  await assert.rejects(search(stack, [...things, { ...vpc, id: "vpc-2" }]), /aws_vpc\.main, vpc-2/);
});

test("a bucket without any tag is one that was broken off before it was tagged", async () => {
  const stack = shopEnvironmentStack();
  const things = thingsOf(stack);
  for (const one of things.filter((thing) => thing.block.type === "aws_s3_bucket")) one.tags = {};
  const { imports } = await search(stack, things);
  assert.equal(imports.filter((one) => one.to.startsWith("aws_s3_bucket.")).length, 2);
});

test("a bucket of another account bears the name: it is named, whatever else may be wrong", async () => {
  const forbidden = Object.assign(new FakeAwsError("403"), { $metadata: { httpStatusCode: 403 } });
  const aws = fakeExisting([]);
  const s3 = async () => fakeClient<S3>({ calls: [] }, { headBucket: () => Promise.reject(forbidden) });
  const ports: Ports = { ...fakeWorld().ports, aws: { ...aws, s3 } };
  const run = findUnmanaged({ stack: shopCollectionStack(), state: nothing, isBrokenOff: true }, ports);
  await assert.rejects(run, /aws_s3_bucket\.artifacts cannot be made: one of this name exists/);
});
