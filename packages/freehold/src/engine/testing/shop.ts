import type {
  Application,
  ContainerService,
  Cron,
  Database,
  Environment,
  Site,
  Web,
  Worker,
} from "../../app/application.ts";
import { environmentSecretName } from "../../aws/names.ts";
import type { EnvironmentOutputs, ServiceOutputs, TaskTemplate } from "../../aws/outputs.ts";
import { stateBucketName } from "../bootstrap.ts";
import type { Built } from "../build/build.ts";
import { collectionStateKey, environmentStateKey } from "../provision/state.ts";
import type { Target } from "../target.ts";
import { account, type FakeWorld } from "./fake-ports.ts";

const container = {
  image: { kind: "build", build: { context: ".", dockerfile: "Dockerfile", args: {} } },
  platform: "linux/amd64",
  size: { cpu: 256, memory: 512 },
  variables: {},
  bindings: {},
  secrets: [],
  uses: ["db", "cache"],
  calls: [],
  taskVariables: {},
  mounts: [],
  dependsOn: [],
  stopGrace: 30,
  reason: "",
} as const;

const health = { path: "/", codes: "200", interval: 5, timeout: 4, healthy: 2, unhealthy: 5, grace: 60 };

const api: Web = {
  ...container,
  type: "web",
  name: "api",
  port: 8000,
  otherPorts: [],
  path: "/api",
  health,
  count: 1,
  secrets: ["STRIPE_KEY"],
  bindings: {
    DATABASE_URL: {
      kind: "url",
      resource: "db",
      scheme: "postgres",
      role: "shop",
      path: "/shop",
      query: "sslmode=verify-full",
    },
    REDIS_URL: { kind: "url", resource: "cache", scheme: "rediss", path: "/0", query: "" },
  },
  release: ["migrate"],
  seed: ["seed"],
};
const worker: Worker = { ...container, type: "worker", name: "worker", count: 1, dependsOn: ["api"] };
const report: Cron = {
  ...container,
  type: "cron",
  name: "report",
  schedule: "rate(1 minute)",
  written: "* * * * *",
  timezone: "UTC",
};
const web: Site = {
  type: "site",
  name: "web",
  path: "/",
  mode: "spa",
  source: { kind: "host", folder: "web", command: "build", output: "dist" },
  reason: "",
};

export const shopDatabase: Database = {
  type: "database",
  name: "db",
  engine: "postgres",
  version: "17",
  forcesTls: true,
  image: "postgres:17",
  size: "db.t4g.micro",
  storage: 20,
  maxStorage: 100,
  multiZone: false,
  backupDays: 1,
  databases: [{ name: "shop", role: "shop" }],
  reason: "",
};

const environment: Environment = {
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
      tls: true,
      reason: "",
    },
    shopDatabase,
  ],
};

const userSecret = "arn:secret/dev";

/** A target as examples/shop gives one: an API, a worker, a cron, a site, a database and a cache. */
export function shopTarget(changes: Partial<Environment> = {}): Target {
  return {
    application: "shop",
    collection: {
      name: "default",
      region: "us-east-1",
      network: { cidr: "10.0.0.0/16", zones: 2, egress: "nat" },
      tags: {},
      environments: [environment],
    },
    environment: { ...environment, ...changes },
    shared: {
      vpc_id: "vpc",
      public_subnet_ids: [],
      private_subnet_ids: ["subnet"],
      data_subnet_ids: [],
      zones: [],
      cluster_arn: "cluster",
      cluster_name: "cluster",
      load_balancer_arn: "balancer",
      load_balancer_dns_name: "balancer",
      load_balancer_security_group_id: "group",
      listener_arn: "listener",
      vpc_origin_id: "origin",
      repositories: {},
      artifact_bucket: "artifacts",
    },
    outputs: outputs(),
  };
}

function outputs(): EnvironmentOutputs {
  return {
    domain: "d1.cloudfront.localhost:4566",
    distribution_id: "D1",
    key_value_store_arn: "store",
    services: { api: serviceOutputs(api), report: serviceOutputs(report), worker: serviceOutputs(worker) },
    sites: { web: { bucket: "site", key: "dev/web" } },
    databases: {
      db: {
        host: "db.local",
        port: 5432,
        master_secret_arn: "arn:secret/master",
        role_secret_arns: { shop: "arn:secret/db-shop" },
        task: template("shop-db", "database", []),
        task_security_group_id: "sg-db",
      },
    },
    caches: {
      cache: {
        host: "cache.local",
        port: 6379,
        replication_group_id: "cache",
        token_secret_arn: "arn:secret/token",
      },
    },
    buckets: {},
    volumes: {},
    queues: {},
    tables: {},
    topics: {},
    secret_arn: userSecret,
    task_subnet_ids: ["subnet"],
  };
}

function serviceOutputs(service: ContainerService): ServiceOutputs {
  const isCron = service.type === "cron";
  const secrets = service.secrets.map((name) => ({ name, valueFrom: `${userSecret}:${name}::` }));
  return {
    type: service.type,
    ecs_service: isCron ? null : service.name,
    target_group_arn: service.type === "web" ? "targets" : null,
    schedule: isCron ? { name: service.name, group: "shop" } : null,
    connect: null,
    security_group_id: `sg-${service.name}`,
    log_group: `/shop/${service.name}`,
    binding_secret_arn: service.name === "api" ? "arn:secret/bindings-api" : null,
    template: template(`shop-${service.name}`, service.name, secrets),
  };
}

function template(
  family: string,
  name: string,
  secrets: readonly { readonly name: string; readonly valueFrom: string }[],
): TaskTemplate {
  const options = { "awslogs-group": `/shop/${name}`, "awslogs-stream-prefix": "tasks" };
  return {
    family,
    taskRoleArn: `role/${name}`,
    executionRoleArn: "role/execution",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: "256",
    memory: "512",
    runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
    containerDefinitions: [
      {
        name,
        essential: true,
        stopTimeout: 30,
        portMappings: name === "api" ? [{ name: "tcp-8000", containerPort: 8000, protocol: "tcp" }] : [],
        environment: [],
        secrets,
        logConfiguration: { logDriver: "awslogs", options },
      },
    ],
    tags: [],
  };
}

export function shopApplication(): Application {
  return { name: "shop", collections: [shopTarget().collection], notes: [] };
}

/** Puts the states of both stacks where the verbs look for them. */
export function storeStates(world: FakeWorld): void {
  const { shared, outputs } = shopTarget();
  const bucket = stateBucketName(account, "us-east-1");
  const state = (value: unknown) =>
    JSON.stringify({ version: 4, resources: [{}], outputs: { freehold: { value } } });
  world.s3.objects.set(`${bucket}/${collectionStateKey("shop", "default")}`, state(shared));
  world.s3.objects.set(`${bucket}/${environmentStateKey("shop", "default", "dev")}`, state(outputs));
}

/** What a build gives; the suffix stands for what the source says. */
export function shopBuilt(edition: { readonly api?: string; readonly web?: string } = {}): Built {
  const image = (name: string, digest: string) => `registry/${name}@sha256:${digest}`;
  return {
    images: {
      api: image("api", edition.api ?? "1"),
      worker: image("worker", "1"),
      report: image("worker", "1"),
      db: image("db", "1"),
    },
    writers: {},
    sites: [{ name: "web", digest: edition.web ?? "1", folder: "/project/web" }],
  };
}

/** Puts into the world what provisioning leaves: services at count 0 on a placeholder, empty secrets, a schedule at rest. */
export function provisionShop(world: FakeWorld): void {
  for (const name of ["api", "worker"]) {
    const placeholder = `placeholder-${name}:1`;
    world.ecs.revisions.set(placeholder, { containers: [{ name, image: "placeholder" }], tags: [] });
    world.ecs.services.set(name, {
      taskDefinition: placeholder,
      desiredCount: 0,
      deployment: `ecs-svc/${name}`,
    });
  }
  for (const name of ["db-shop", "token", "bindings-api"])
    world.secrets.secrets.set(`arn:secret/${name}`, new Map());
  const set = new Map([
    ["version-1", { text: '{"STRIPE_KEY":"canary-stripe"}', labels: new Set(["AWSCURRENT"]) }],
  ]);
  const identity = { application: "shop", collection: "default", environment: "dev" };
  for (const id of [userSecret, environmentSecretName(identity)]) world.secrets.secrets.set(id, set);
  world.schedules.set("report", { arn: "placeholder-report:1", state: "DISABLED" });
}
