import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Service } from "../../app/application.ts";
import { parseApplication } from "../../config/parse.ts";
import { collectionStack } from "../collection.ts";
import { environmentStack } from "../environment.ts";
import type { CollectionFacts, EnvironmentFacts } from "../facts.ts";
import type { CollectionOutputs } from "../outputs.ts";

const path = join(import.meta.dirname, "../../../../../examples/shop/compose.yaml");

/** The shop as its Compose file says. */
const shop = parseApplication([{ path: "compose.yaml", text: readFileSync(path, "utf8") }], {
  folder: "shop",
  variables: {},
});

export const shopCollection = shop.collections[0] ?? assert.fail("the shop has no collection");
export const shopEnvironment = shopCollection.environments[0] ?? assert.fail("the shop has no environment");

function service<Type extends Service["type"]>(type: Type): Extract<Service, { type: Type }> {
  const isOfType = (one: Service): one is Extract<Service, { type: Type }> => one.type === type;
  return shopEnvironment.services.find(isOfType) ?? assert.fail(`the shop has no ${type}`);
}

export const api = service("web");
export const site = service("site");

export const collectionFacts: CollectionFacts = {
  account: "111111111111",
  region: "us-east-1",
  stateBucket: "freehold-state-111111111111-us-east-1",
  protectData: true,
  imports: [],
  zones: ["us-east-1a", "us-east-1b"],
};

/** Outputs as they are read from the state of a collection that is there. */
const collectionOutputs: CollectionOutputs = {
  vpc_id: "vpc-0a1b2c3d4e5f60718",
  public_subnet_ids: ["subnet-0aa0000000000000a", "subnet-0aa0000000000000b"],
  private_subnet_ids: ["subnet-0bb0000000000000a", "subnet-0bb0000000000000b"],
  data_subnet_ids: ["subnet-0cc0000000000000a", "subnet-0cc0000000000000b"],
  zones: ["us-east-1a", "us-east-1b"],
  cluster_arn: "arn:aws:ecs:us-east-1:111111111111:cluster/shop-default",
  cluster_name: "shop-default",
  load_balancer_arn:
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/shop-default/50dc6c495c0c9188",
  load_balancer_dns_name: "internal-shop-default-1234567890.us-east-1.elb.amazonaws.com",
  load_balancer_security_group_id: "sg-0dd00000000000000",
  listener_arn:
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/shop-default/50dc6c495c0c9188/f2f7dc8efc522ab2",
  vpc_origin_id: "vo_abcdefghijklmnopqrstuv",
  repositories: Object.fromEntries(
    ["api", "db", "report", "worker"].map((name) => [
      name,
      `111111111111.dkr.ecr.us-east-1.amazonaws.com/shop-default-${name}`,
    ]),
  ),
  artifact_bucket: "shop-default-artifacts-111111111111-us-east-1",
};

export const environmentFacts: EnvironmentFacts = {
  ...collectionFacts,
  collection: collectionOutputs,
  priorityBlock: 1,
};

export function shopCollectionStack(collection = shopCollection, facts = collectionFacts) {
  return collectionStack({ ...shop, collections: [collection] }, collection, facts);
}

export function shopEnvironmentStack(environment = shopEnvironment, facts = environmentFacts) {
  return environmentStack(shop, shopCollection, environment, facts);
}
