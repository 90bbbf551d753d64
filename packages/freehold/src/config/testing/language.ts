import { stringify } from "yaml";

/** A setting, a value that it takes, and one that it does not; without the latter it is refused whatever it says. */
export type Row = readonly [key: string, good: unknown, bad?: unknown];

/** Every setting of the language, by where it is written. */
export const language: Readonly<Record<string, readonly Row[]>> = {
  application: [
    ["resources", { more: { type: "bucket" } }, { more: { type: "buckets" } }],
    ["collections", { dev: { environments: { staging: null } } }, { dev: { environments: 3 } }],
    ["secrets", ["STRIPE_KEY"], [3]],
    ["variables", { LOG_LEVEL: "info" }, { LOG_LEVEL: { alias: 3 } }],
    ["pipeline", { repository: "shop/shop" }, { repository: "shop" }],
    ["iam", {}],
    ["overrides", {}],
  ],
  collection: [
    ["account", "111111111111", "1111"],
    ["region", "eu-central-1", "eu-central-9"],
    ["role", "arn:aws:iam::111111111111:role/deploy"],
    ["domain", "shop.example", "https://shop.example"],
    ["zone", "Z0123456789", 3],
    ["network.cidr", "10.8.0.0/16", "10.8.0.0/28"],
    ["network.azs", 3, 4],
    ["network.egress", "nat", "carrier pigeon"],
    ["network.existing", { vpc: "vpc-1" }],
    ["ingress", "cloudfront", "door"],
    ["api", { kind: "rest", link: "nlb", auth: "cognito" }, { kind: "soap" }],
    ["waf", true],
    ["bastion", "on-demand", "fort"],
    ["alarms", { email: "ops@shop.example" }, { email: "ops" }],
    ["budget", { monthly: 300, notify: "ops@shop.example" }, { monthly: "much" }],
    ["tags", { team: "shop" }, { team: [] }],
    ["permissions_boundary", "arn:aws:iam::111111111111:policy/edge"],
    ["variables", { LOG_LEVEL: "info" }, 3],
    [
      "previews",
      { pull_requests: true, database: "shared", pause_after: "8h", expire_after: "14d" },
      { database: "none" },
    ],
  ],
  environment: [
    ["kind", "preview", "sandbox"],
    ["branch", "main", 3],
    ["domains", ["www.shop.example"], ["www"]],
    ["services", { api: { scale: { min: 2 } } }, { api: { scale: { min: "two" } } }],
    ["resources", { db: { size: "db.r7g.large" } }, { db: { size: "big" } }],
    ["variables", { LOG_LEVEL: "info" }, 3],
    ["paused", true],
    ["spot", true, "yes"],
    ["database", "shared"],
    ["deploy", { strategy: "canary", bake: "5m", alarms: ["errors"] }, { strategy: "magic" }],
    ["promote_from", "test", "tset"],
    ["approval", true, "ask"],
    ["existing", { db: { instance: "old" } }],
    ["overrides", {}],
  ],
  api: [
    ["type", "web", "webb"],
    ["path", "/api", "api"],
    ["port", 8000, 0],
    ["health", "/healthz", "healthz"],
    ["health.interval", "10s", "soon"],
    ["release", "python manage.py migrate", ""],
    ["seed", ["python", "seed.py"], []],
    ["uses", ["db"], ["nothing"]],
    ["secrets", ["STRIPE_KEY"], 3],
    ["variables", { LOG_LEVEL: "info", URL: { alias: "LOG_LEVEL" } }, { A: [] }],
    ["cpus", 0.5, "half"],
    ["memory", "1g", "much"],
    ["shared", true, "maybe"],
    ["spot", true, "maybe"],
    ["scale", { min: 1, max: 6, cpu: 60, memory: 70, requests: 500, backlog: 10 }, { min: -1 }],
    ["scale.max", 6, 1001],
    ["scale.cpu", 60, 101],
    ["scale.memory", 70, 0],
    ["scale.requests", 500, "many"],
    ["scale.backlog", 10, -1],
    ["scale.cooldown", "60s", "a while"],
    ["scale.scale_in", false, "never"],
    ["scale.schedule", [{ at: "0 8 * * mon-fri", min: 2, max: 9 }], [{ at: "mornings", min: 2, max: 9 }]],
    ["deploy", { strategy: "blue-green" }, { strategy: "green" }],
    ["alarms", { errors: 5, latency: "2s" }, { errors: "many" }],
    ["verify", ["/healthz"], ["healthz"]],
    ["domain", "api.shop.example", "api"],
    ["cdn", { cache: "1h" }, { cache: "long" }],
    ["edge", "lambda", "cloud"],
    ["iam", []],
  ],
  web: [
    ["mode", "spa", "pages"],
    ["output", "dist", ""],
    ["path", "/docs", "docs"],
    ["build", "npm run build", 3],
    ["folder", "web", 3],
    ["domain", "docs.shop.example", "docs"],
    ["cdn", { cache: "1h" }, { cache: 3 }],
    ["edge", "lambda", "cloud"],
  ],
  nightly: [
    ["schedule", "0 9 * * mon-fri", "at nine"],
    ["timezone", "Europe/Berlin", "Mars/Olympus"],
  ],
  mailer: [["scale.min", 2, "two"]],
  inner: [
    ["port", 9000, 70000],
    ["scale.min", 0, 1001],
  ],
  tool: [["memory", "2g", "much"]],
  db: [
    ["engine", "postgres", "oracle"],
    ["version", "16", "9"],
    ["size", "db.r7g.large", "large"],
    ["storage", 50, 5],
    ["max_storage", 500, 5],
    ["multi_az", true, "both"],
    ["backup_days", 30, 99],
    ["proxy", true, "maybe"],
    ["tls", "forced", "none"],
    ["existing", { instance: "old" }],
  ],
  cache: [
    ["engine", "memcached", "hazelcast"],
    ["version", "8.0", "5.0"],
    ["size", "cache.t4g.small", "small"],
    ["replicas", 1, 9],
    ["tls", false, "maybe"],
  ],
  files: [
    ["cors", [{ allowed_origins: ["*"], allowed_methods: ["GET"] }], [{ allowed_methods: ["LOOK"] }]],
    ["lifecycle", [{ prefix: "tmp/", expire_after: "30d" }], [{ expire_after: "later" }]],
  ],
  jobs: [
    ["fifo", true, "maybe"],
    ["visibility_timeout", "5m", "13h"],
    ["retention_days", 14, 15],
    ["max_receives", 3, 0],
  ],
  orders: [
    ["key", { name: "customer", type: "number" }, { name: "customer", type: "date" }],
    ["sort", "at", []],
    ["indexes", { by_state: { key: "state" } }, { by_state: {} }],
    ["ttl", "expires_at", ""],
    ["stream", "both", "all"],
    ["point_in_time_recovery", false, "maybe"],
  ],
  news: [
    ["fifo", true, "maybe"],
    ["subscriptions", ["jobs"], ["nobody"]],
  ],
  uploads: [
    ["backups", false, "maybe"],
    ["throughput", "bursting", "fast"],
  ],
};

const services: Readonly<Record<string, object>> = {
  api: { image: "x", ports: ["8000"], volumes: ["uploads:/uploads:ro"] },
  web: { "x-freehold": { type: "site", output: "dist", folder: "web", path: "/site" } },
  nightly: { image: "x", "x-freehold": { schedule: "0 1 * * *" } },
  mailer: { image: "x", command: "work" },
  inner: { image: "x", expose: ["9000"] },
  tool: { image: "x", restart: "no", command: "mend" },
  db: { image: "postgres:16" },
  cache: { image: "valkey/valkey:8" },
};

const resources: Readonly<Record<string, object>> = {
  files: { type: "bucket" },
  jobs: { type: "queue" },
  orders: { type: "table" },
  news: { type: "topic" },
};

/** Services whose tables hold only what `api`, the model of every container, has not. */
export const containers: readonly string[] = ["nightly", "mailer", "inner", "tool"];

/** Types of the things that the tables are of. */
export const kinds: Readonly<Record<string, string>> = {
  api: "web",
  web: "site",
  nightly: "cron",
  mailer: "worker",
  inner: "private",
  tool: "job",
  db: "database",
  cache: "cache",
  files: "bucket",
  jobs: "queue",
  orders: "table",
  news: "topic",
  uploads: "volume",
};

/** A file that is right, with one setting more. */
export function fileWith(place: string, key: string, value: unknown): string {
  const others = place === "environment" ? { test: null } : {};
  const environments = { staging: { kind: "staging" }, ...others };
  const document: Record<string, unknown> = {
    services: structuredClone(services),
    volumes: { uploads: {} },
    "x-freehold": {
      resources: structuredClone(resources),
      collections: { dev: { environments } },
    },
  };
  put(document, [...pathOf(place), ...key.split(".")], value);
  return stringify(document);
}

export function pathOf(place: string): readonly string[] {
  if (place === "application") return ["x-freehold"];
  if (place === "collection") return ["x-freehold", "collections", "dev"];
  if (place === "environment") return ["x-freehold", "collections", "dev", "environments", "staging"];
  if (place === "uploads") return ["volumes", "uploads", "x-freehold"];
  return place in services ? ["services", place, "x-freehold"] : ["x-freehold", "resources", place];
}

function put(target: object, [step = "", ...rest]: readonly string[], value: unknown): void {
  const below: unknown = Reflect.get(target, step);
  if (rest.length === 0) Reflect.set(target, step, value);
  else if (typeof below === "object" && below !== null) put(below, rest, value);
  else {
    Reflect.set(target, step, {});
    put(target, [step, ...rest], value);
  }
}
