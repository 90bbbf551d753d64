import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import type { z } from "zod";
import { UserError } from "../errors.ts";
import { toJsonSchema } from "./schema/json-schema.ts";
import { fileSections, serviceSections } from "./schema/sections.ts";
import { notesOf } from "./testing/parse.ts";

/** A setting, a value that it takes, and one that it does not; without the latter it is refused whatever it says. */
type Row = readonly [key: string, good: unknown, bad?: unknown];

/** Every setting of the language, by where it is written. */
const language: Readonly<Record<string, readonly Row[]>> = {
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
  db: { image: "postgres:16" },
  cache: { image: "valkey/valkey:8" },
};

const resources: Readonly<Record<string, object>> = {
  files: { type: "bucket" },
  jobs: { type: "queue" },
  orders: { type: "table" },
  news: { type: "topic" },
};

/** Types of the things that the tables are of. */
const kinds: Readonly<Record<string, string>> = {
  api: "web",
  web: "site",
  nightly: "cron",
  db: "database",
  cache: "cache",
  files: "bucket",
  jobs: "queue",
  orders: "table",
  news: "topic",
  uploads: "volume",
};

/** A file that is right, with one setting more. */
function fileWith(place: string, key: string, value: unknown): string {
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

function pathOf(place: string): readonly string[] {
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

/** What is wrong with a file; nothing where it is read. */
function problemsOf(text: string): readonly string[] {
  try {
    notesOf(text);
    return [];
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.problems.map(({ subject, message }) => `${subject} ${message}`);
  }
}

/** What else stands in a chapter of the settings: it has a table of its own, or is of every container. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  collection: ["network", "environments"],
  nightly: ["type", ...(language["api"] ?? []).map(([key]) => key)],
};

test("every setting that is read is in the tables of this file", () => {
  const sections: Readonly<Record<string, z.ZodType | undefined>> = {
    ...fileSections,
    ...Object.fromEntries(Object.entries(kinds).map(([place, kind]) => [place, sectionOf(kind)])),
  };
  const missing = Object.entries(language).flatMap(([place, rows]) => {
    const schema = sections[place] ?? assert.fail(place);
    const known = [...rows.map(([key]) => key.split(".")[0]), ...(elsewhere[place] ?? ["type"])];
    const keys = Object.keys(toJsonSchema(schema).properties ?? {});
    return keys.filter((key) => !known.includes(key)).map((key) => `${place}.${key}`);
  });
  assert.deepEqual(missing, []);
});

function sectionOf(kind: string): z.ZodType | undefined {
  return serviceSections.find(({ name }) => name === kind)?.schema;
}

for (const [place, rows] of Object.entries(language)) {
  test(`every setting of ${place} is read, or said not to be built yet`, () => {
    for (const [key, good, bad] of rows) {
      const problems = problemsOf(fileWith(place, key, good));
      if (bad !== undefined) assert.deepEqual(problems, [], `${key} takes ${JSON.stringify(good)}`);
      else assert.match(problems.join("\n"), new RegExp(`${key.split(".").at(-1)}.* is not built yet`), key);
    }
  });

  test(`every setting of ${place} is checked`, () => {
    for (const [key, , bad] of rows.filter((row) => row.length > 2)) {
      const problems = problemsOf(fileWith(place, key, bad));
      assert.notDeepEqual(problems, [], `${key} refuses ${JSON.stringify(bad)}`);
      assert.ok(
        problems.every((one) => !/is not a setting/.test(one)),
        `${key} is a setting: ${problems}`,
      );
    }
  });
}
