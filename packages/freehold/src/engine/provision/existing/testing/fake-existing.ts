import { address, type Block } from "../../../../terraform/block.ts";
import type { Stack } from "../../../../terraform/stack.ts";
import type { Ports } from "../../../ports.ts";
import { fakeClient, type Journal } from "../../../testing/fake-client.ts";
import { finderOf } from "../kinds.ts";
import { iam, scheduler } from "./fake-access.ts";
import { ecr, ecs } from "./fake-containers.ts";
import { elasticache, rds } from "./fake-databases.ts";
import { discovery } from "./fake-discovery.ts";
import { cloudfront } from "./fake-edge.ts";
import { efs } from "./fake-files.ts";
import { loadBalancing } from "./fake-load-balancing.ts";
import { sns } from "./fake-messages.ts";
import { ec2 } from "./fake-network.ts";
import { dynamodb, logs, s3, secrets, sqs } from "./fake-stores.ts";
import type { Thing, World } from "./world.ts";

/** Everything that a stack would make exists already; a test may take away or change some of it. */
export function thingsOf(stack: Stack): Thing[] {
  return stack.blocks
    .filter((block) => block.kind === "resource" && finderOf(block.type) !== undefined)
    .map((block) => {
      const { Name, ...tags } = Object(block.args["tags"]);
      const tagged = { ...stack.provider.tags, ...tags, ...(Name === undefined ? {} : { Name }) };
      return { block, id: address(block), name: nameOf(block, Name), tags: tagged };
    });
}

function nameOf({ args }: Block, tag: unknown): string {
  const [endpoint] = [args["vpc_origin_endpoint_config"]].flat();
  const named = [
    args["name"],
    args["identifier"],
    args["bucket"],
    args["replication_group_id"],
    args["cluster_id"],
    args["creation_token"],
    tag,
    Object(endpoint).name,
    args["comment"],
  ];
  return String(named.find((one) => typeof one === "string") ?? "");
}

const closed: Journal = { calls: [], failAt: 0 };

/** An account that holds these things, and answers as AWS does; nothing in it can be changed unless a journal is given. */
export function fakeExisting(things: readonly Thing[], journal = closed): Ports["aws"] {
  const world: World = {
    all: (type) => things.filter((one) => one.block.type === type),
    named: (type, name) => things.find((one) => one.block.type === type && one.name === name),
    tagsOf: (id) => things.find((one) => one.id === id)?.tags ?? {},
  };
  const services = {
    ec2,
    loadBalancing,
    rds,
    efs,
    elasticache,
    cloudfront,
    discovery,
    ecr,
    ecs,
    s3,
    dynamodb,
    sns,
    sqs,
    logs,
    secrets,
    iam,
    scheduler,
  };
  const clients = Object.entries(services).map(([name, operations]) => {
    const client = fakeClient(journal, operations(world));
    return [name, async () => client];
  });
  // What is looked for must not ask for more than this.
  return Object.fromEntries(clients) as unknown as Ports["aws"];
}
