import type { Application, Collection, Cron, Environment, Site, Web, Worker } from "../../app/application.ts";
import type { Binding } from "../../app/binding.ts";
import { healthCheck } from "../../app/health.ts";
import { collectionStack } from "../collection.ts";
import { environmentStack } from "../environment.ts";
import type { CollectionFacts, EnvironmentFacts } from "../facts.ts";
import type { CollectionOutputs } from "../outputs.ts";

const reason = "as written";
const databaseUrl: Binding = {
  kind: "url",
  resource: "db",
  scheme: "postgres",
  role: "shop",
  path: "/shop",
  query: "sslmode=require",
};
const cacheUrl: Binding = { kind: "url", resource: "cache", scheme: "rediss", path: "/0", query: "" };

const web: Site = {
  type: "site",
  name: "web",
  path: "/",
  mode: "spa",
  source: {
    kind: "image",
    build: { context: "web", dockerfile: "Dockerfile", args: {} },
    output: "/usr/share/nginx/html",
  },
  reason,
};

const container = {
  platform: "linux/amd64",
  size: { cpu: 256, memory: 512 },
  variables: {},
  secrets: [],
  dependsOn: [],
  stopGrace: 10,
  reason,
} as const;

const workerImage = {
  kind: "build",
  build: { context: "worker", dockerfile: "Dockerfile", args: {} },
} as const;

export const api: Web = {
  ...container,
  type: "web",
  name: "api",
  image: { kind: "build", build: { context: "api", dockerfile: "Dockerfile", args: {} } },
  variables: { LOG_LEVEL: "info" },
  bindings: {
    DATABASE_URL: databaseUrl,
    REDIS_URL: cacheUrl,
    DB_HOST: { kind: "attribute", resource: "db", attribute: "host" },
    DB_PORT: { kind: "attribute", resource: "db", attribute: "port" },
    DB_PASSWORD: { kind: "attribute", resource: "db", attribute: "password", role: "shop" },
    DB_NAME: { kind: "attribute", resource: "db", attribute: "name" },
    ORDERS_URL: { kind: "attribute", resource: "orders", attribute: "url" },
    UPLOADS_NAME: { kind: "attribute", resource: "uploads", attribute: "name" },
  },
  uses: ["cache", "db", "orders", "uploads"],
  port: 8000,
  path: "/api",
  health: healthCheck({ path: "/api/health" }),
  count: 1,
  release: ["node", "src/migrate.js"],
  seed: ["node", "src/seed.js"],
};

export const worker: Worker = {
  ...container,
  type: "worker",
  name: "worker",
  image: workerImage,
  bindings: {
    DATABASE_URL: databaseUrl,
    ORDERS_URL: { kind: "attribute", resource: "orders", attribute: "url" },
  },
  uses: ["db", "orders"],
  count: 1,
};

export const report: Cron = {
  ...container,
  type: "cron",
  name: "report",
  image: workerImage,
  command: ["node", "src/report.js"],
  bindings: { DATABASE_URL: databaseUrl },
  uses: ["db"],
  schedule: "cron(* * * * ? *)",
  written: "* * * * *",
  timezone: "UTC",
};

export const shopEnvironment: Environment = {
  name: "dev",
  kind: "staging",
  services: [api, report, web, worker],
  resources: [
    {
      type: "cache",
      name: "cache",
      engine: "valkey",
      version: "8.0",
      size: "cache.t4g.micro",
      replicas: 0,
      reason,
    },
    {
      type: "database",
      name: "db",
      engine: "postgres",
      version: "17",
      image: "postgres:17",
      size: "db.t4g.micro",
      storage: 20,
      maxStorage: 100,
      multiZone: false,
      backupDays: 7,
      databases: [{ name: "shop", role: "shop" }],
      reason,
    },
    {
      type: "queue",
      name: "orders",
      fifo: false,
      visibilityTimeout: 30,
      retentionDays: 4,
      maxReceives: 5,
      reason,
    },
    { type: "bucket", name: "uploads", reason },
  ],
};

export const shopCollection: Collection = {
  name: "default",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", zones: 2, egress: "nat" },
  tags: {},
  environments: [shopEnvironment],
};

export const shop: Application = { name: "shop", collections: [shopCollection], notes: [] };

export const collectionFacts: CollectionFacts = {
  account: "111111111111",
  region: "us-east-1",
  stateBucket: "freehold-state-111111111111-us-east-1",
  protectData: true,
  imports: [],
  zones: ["us-east-1a", "us-east-1b"],
};

/** Outputs as they are read from the state of a collection that is there. */
export const collectionOutputs: CollectionOutputs = {
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
