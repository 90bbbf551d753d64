import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { environmentStack } from "../../aws/environment.ts";
import { type FakeAccount, fakeAccount, ownTags } from "../testing/fake-account.ts";
import { shopApplication, shopTarget } from "../testing/shop.ts";
import { recognise } from "./kind.ts";
import { kinds } from "./kinds.ts";
import type { Owner } from "./owner.ts";
import { sweep } from "./sweep.ts";

const { collection, environment, shared } = shopTarget();
const facts = {
  account: "111111111111",
  region: "us-east-1",
  stateBucket: "state",
  protectData: false,
  imports: [],
  collection: shared,
  priorityBlock: 1,
};
const owner: Owner = {
  application: "shop",
  collection: "default",
  environment: "dev",
  account: "111111111111",
  stack: environmentStack(shopApplication(), collection, environment, facts),
  listenerArn: "listener",
};
const place = "us-east-1:111111111111";

/** An ARN of each kind as AWS writes it, and whether it goes by itself. */
const samples: Readonly<Record<string, readonly [string, "removed" | "left" | "kept"]>> = {
  role: ["arn:aws:iam::111111111111:role/shop-default-dev-x", "removed"],
  "log group": [`arn:aws:logs:${place}:log-group:/freehold/shop-default-dev-x`, "removed"],
  "schedule group": [`arn:aws:scheduler:${place}:schedule-group/shop-default-dev-xhudnf`, "removed"],
  task: [`arn:aws:ecs:${place}:task/shop-default/0123`, "removed"],
  service: [`arn:aws:ecs:${place}:service/shop-default/shop-default-dev-api`, "removed"],
  cluster: [`arn:aws:ecs:${place}:cluster/shop-default`, "removed"],
  "image repository": [`arn:aws:ecr:${place}:repository/shop-default-api`, "removed"],
  namespace: [`arn:aws:servicediscovery:${place}:namespace/ns-1`, "removed"],
  "discoverable service": [`arn:aws:servicediscovery:${place}:service/srv-1`, "removed"],
  distribution: ["arn:aws:cloudfront::111111111111:distribution/E1", "left"],
  function: ["arn:aws:cloudfront::111111111111:function/shop-default-dev-web-klmdeq", "removed"],
  "key value store": ["arn:aws:cloudfront::111111111111:key-value-store/shop-default-dev-xhudnf", "removed"],
  "origin access control": [
    "arn:aws:cloudfront::111111111111:origin-access-control/shop-default-dev-xhudnf",
    "removed",
  ],
  "VPC origin": ["arn:aws:cloudfront::111111111111:vpcorigin/vo_1", "removed"],
  "listener rule": [`arn:aws:elasticloadbalancing:${place}:listener-rule/app/shop/1/2/3`, "removed"],
  listener: [`arn:aws:elasticloadbalancing:${place}:listener/app/shop/1/2`, "removed"],
  "load balancer": [`arn:aws:elasticloadbalancing:${place}:loadbalancer/app/shop/1`, "removed"],
  "target group": [`arn:aws:elasticloadbalancing:${place}:targetgroup/shop/1`, "removed"],
  database: [`arn:aws:rds:${place}:db:shop-default-dev-db`, "left"],
  "database snapshot": [`arn:aws:rds:${place}:snapshot:shop-default-dev-db-20260101-0000`, "kept"],
  "database subnet group": [`arn:aws:rds:${place}:subgrp:shop-default-dev-db`, "removed"],
  "database parameter group": [`arn:aws:rds:${place}:pg:shop-default-dev-db`, "removed"],
  cache: [`arn:aws:elasticache:${place}:replicationgroup:shop-default-dev-cache`, "left"],
  "cache node": [`arn:aws:elasticache:${place}:cluster:shop-default-dev-cache-001`, "left"],
  "cache subnet group": [`arn:aws:elasticache:${place}:subnetgroup:shop-default-dev-cache`, "removed"],
  queue: [`arn:aws:sqs:${place}:shop-default-dev-orders`, "left"],
  topic: [`arn:aws:sns:${place}:shop-default-dev-placed`, "removed"],
  table: [`arn:aws:dynamodb:${place}:table/shop-default-dev-sessions`, "left"],
  bucket: ["arn:aws:s3:::shop-default-dev-uploads-111111111111-us-east-1", "left"],
  "file system": [`arn:aws:elasticfilesystem:${place}:file-system/fs-1`, "left"],
  "access point": [`arn:aws:elasticfilesystem:${place}:access-point/fsap-1`, "removed"],
  backup: [`arn:aws:backup:${place}:recovery-point:0123`, "kept"],
  "NAT gateway": [`arn:aws:ec2:${place}:natgateway/nat-1`, "removed"],
  "elastic IP address": [`arn:aws:ec2:${place}:elastic-ip/eipalloc-1`, "removed"],
  "VPC endpoint": [`arn:aws:ec2:${place}:vpc-endpoint/vpce-1`, "removed"],
  "network interface": [`arn:aws:ec2:${place}:network-interface/eni-1`, "removed"],
  "security group rule": [`arn:aws:ec2:${place}:security-group-rule/sgr-1`, "removed"],
  "security group": [`arn:aws:ec2:${place}:security-group/sg-1`, "removed"],
  subnet: [`arn:aws:ec2:${place}:subnet/subnet-1`, "removed"],
  "route table": [`arn:aws:ec2:${place}:route-table/rtb-1`, "removed"],
  "internet gateway": [`arn:aws:ec2:${place}:internet-gateway/igw-1`, "removed"],
  VPC: [`arn:aws:ec2:${place}:vpc/vpc-1`, "removed"],
};

/** Kinds that the fakes of their own service hold. */
const elsewhere = ["task definition", "schedule", "secret"];

/** They bear no tags: their names, hash and all, say whose they are. */
const byExactName = new Set(["function", "key value store", "origin access control", "schedule group"]);

/** What stays on purpose, and whose own service is not asked. */
const byListingAlone = new Set(["backup"]);

test("each kind has its sample", () => {
  const nouns = kinds.map(({ noun }) => noun).sort();
  assert.deepEqual(nouns, [...Object.keys(samples), ...elsewhere].sort());
});

describe("what is left of each kind", () => {
  for (const [noun, [arn, outcome]] of Object.entries(samples)) {
    test(`${noun}: ${outcome}`, async () => {
      const world = await accountWith(arn);
      assert.equal(recognise(arn, kinds)?.kind.noun, noun);
      const swept = await sweep(owner, world.ports);
      const found = {
        removed: swept.removed.some((one) => one.endsWith(arn)),
        left: swept.left.some((one) => one.arn === arn),
        kept: swept.kept.some((one) => arn.endsWith(one.subject.slice(noun.length + 1))),
      };
      assert.deepEqual(
        found,
        { removed: outcome === "removed", left: outcome === "left", kept: outcome === "kept" },
        JSON.stringify(swept),
      );
      assert.equal(world.inventory.things.has(arn), outcome !== "removed");
    });

    if (!byListingAlone.has(noun))
      test(`${noun}: a listing that shows it still, though it is gone, is not believed`, async () => {
        const world = await emptyAccount();
        world.inventory.ghosts.set(arn, ownTags);
        const { removed, left, kept } = await sweep(owner, world.ports);
        assert.deepEqual([removed, left, kept], [[], [], []]);
      });

    if (byExactName.has(noun)) continue;
    test(`${noun}: another environment's is not touched`, async () => {
      const world = await accountWith(arn, { ...ownTags, Environment: "dev-2" });
      const { removed, left, kept } = await sweep(owner, world.ports);
      assert.deepEqual([removed, left, kept], [[], [], []]);
      assert.ok(world.inventory.things.has(arn));
    });
  }
});

test("a revision of a service that has left the file, and a secret that was set and never used", async () => {
  const world = await fakeAccount();
  world.families.set("shop-default-dev-former-abcdef", ["1 off", "2"]);
  world.families.set("shop-default-dev-admin", ["1"]);
  const { removed } = await sweep(owner, world.ports);
  assert.deepEqual([...world.families.keys()], ["shop-default-dev-admin"]);
  assert.equal(removed.filter((one) => one.startsWith("task definition ")).length, 2);
  assert.deepEqual([...world.secrets.waiting], ["shop-default-dev-xhudnf/environment"]);
});

test("one thing that stands on another goes once that is gone; what stays stuck is told with the service's words", async () => {
  const [group = ""] = samples["security group"] ?? [];
  const [network = ""] = samples["VPC"] ?? [];
  const world = await accountWith(group);
  world.inventory.things.set(network, ownTags);
  world.inventory.stuck.set(network, "DependencyViolation");
  const { removed, left } = await sweep(owner, world.ports);
  assert.ok(removed.some((one) => one.endsWith(group)));
  assert.deepEqual(
    left.map(({ arn, message }) => [arn, message]),
    [[network, "VPC, which cannot be removed: it is in use"]],
  );
});

test("what bears our tags and is no kind of ours is told, and stays", async () => {
  const arn = `arn:aws:lambda:${place}:function:mine`;
  const world = await accountWith(arn);
  const { left } = await sweep(owner, world.ports);
  assert.deepEqual(
    left.map((one) => one.arn),
    [arn],
  );
});

test("us-east-1 is searched as well as the collection's own region, once each", async () => {
  const world = await fakeAccount();
  const asked: string[] = [];
  const inRegion = (region: string): typeof world.ports.aws => ({
    ...world.ports.aws,
    region,
    elsewhere: inRegion,
    tagging: () => {
      asked.push(region);
      return world.ports.aws.tagging();
    },
  });
  for (const region of ["eu-west-1", "us-east-1"])
    await sweep(owner, { ...world.ports, aws: inRegion(region) });
  assert.deepEqual(asked, ["eu-west-1", "us-east-1", "us-east-1"]);
});

test("an account that cannot be searched is not said to be empty", async () => {
  const world = await fakeAccount();
  const iam = async (): Promise<never> => {
    throw Object.assign(new Error("not allowed to iam:ListRoles"), { name: "AccessDenied" });
  };
  await assert.rejects(
    sweep(owner, { ...world.ports, aws: { ...world.ports.aws, iam } }),
    /cannot be seen: not allowed to iam:ListRoles/,
  );
});

test("a collection's sweep tells what is left of its environments, and leaves it to their own", async () => {
  const [group = ""] = samples["security group"] ?? [];
  const [network = ""] = samples["VPC"] ?? [];
  const world = await accountWith(group);
  const { Environment: _, ...shared } = ownTags;
  world.inventory.things.set(network, shared);
  const { environment: __, ...whole } = owner;
  const { removed, left } = await sweep(whole, world.ports);
  assert.deepEqual(removed, [`VPC ${network}`]);
  assert.deepEqual(
    left.filter(({ arn }) => arn === group),
    [{ arn: group, message: "security group of dev", wayOut: "Run `freehold destroy dev`." }],
  );
});

async function accountWith(
  arn: string,
  tags: Readonly<Record<string, string>> = ownTags,
): Promise<FakeAccount> {
  const world = await emptyAccount();
  world.inventory.things.set(arn, tags);
  return world;
}

/** Without the secret that every fake account has. */
async function emptyAccount(): Promise<FakeAccount> {
  const world = await fakeAccount();
  world.secrets.tags.clear();
  return world;
}
