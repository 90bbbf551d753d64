import fc from "fast-check";
import { type Meanings, word } from "./from-schema.ts";

const path = fc
  .array(fc.stringMatching(/^[A-Za-z0-9._~-]{1,6}$/), { minLength: 1, maxLength: 3 })
  .map((steps) => `/${steps.join("/")}`);
const seconds = (min: number, max: number) =>
  fc.integer({ min, max }).chain((value) => fc.constantFrom<unknown>(value, `${value}s`));
const variable = fc.stringMatching(/^[A-Z][A-Z_]{3,9}[A-Z0-9]$/);
const command = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 3 }),
  fc.constantFrom("rake db:migrate", "sh -c 'echo done && echo more'"),
);

/** What the settings of `x-freehold` mean, where their schemas say only that they are texts. */
export const settingMeanings: Meanings = {
  "*.seed": command,
  "*.release": command,
  "*.secrets": fc.uniqueArray(
    variable.map((name) => `SECRET_${name}`),
    { maxLength: 2 },
  ),
  "*.variables": fc.dictionary(
    variable,
    fc.oneof(word, fc.integer(), fc.boolean(), fc.constant({ alias: "FREEHOLD_APP" })),
    { maxKeys: 2 },
  ),
  "*.scale.min": fc.integer({ min: 0, max: 9 }),
  "*.scale.max": fc.integer({ min: 9, max: 1000 }),
  "web.health": fc.oneof(
    path,
    fc.record(
      {
        path,
        codes: fc.constantFrom("200", "200-399", "200,204", "302"),
        interval: seconds(5, 300),
        timeout: seconds(2, 4),
        healthy: fc.integer({ min: 2, max: 10 }),
        unhealthy: fc.integer({ min: 2, max: 10 }),
        grace: seconds(0, 7200),
      },
      { requiredKeys: [] },
    ),
  ),
  "cron.schedule": fc.constantFrom(
    "0 9 * * mon-fri",
    "*/15 * * * *",
    "@daily",
    "30 4 1,15 * *",
    "5 0 * jan-mar 7",
  ),
  "cron.timezone": fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
  "database.size": fc.constantFrom("db.t4g.micro", "db.r7g.2xlarge", "db.m8g.large"),
  "database.storage": fc.integer({ min: 20, max: 100 }),
  "database.max_storage": fc.integer({ min: 100, max: 1000 }),
  "cache.size": fc.constantFrom("cache.t4g.micro", "cache.r7g.large"),
  "queue.visibility_timeout": seconds(0, 43_200),
  "*.domain": fc.constant("shop.example"),
  "environment.domains": fc.constant(["www.shop.example"]),
  "table.indexes": fc.constant({ by_status: { key: "status", sort: "at" } }),
  "topic.subscriptions": fc.constant({}),
  "collection.account": fc.stringMatching(/^\d{12}$/),
  "collection.region": fc.constantFrom("us-east-1", "eu-central-1", "ap-southeast-2"),
  "collection.network.cidr": fc.constantFrom(
    "10.0.0.0/16",
    "10.20.0.0/20",
    "172.20.0.0/16",
    "192.168.64.0/18",
  ),
  "collection.tags": fc.dictionary(word, word, { maxKeys: 2 }),
};

/** The same for Compose's own keys of a service. */
export const composeMeanings: Meanings = {
  "service.command": command,
  "service.entrypoint": command,
  "service.environment": fc.oneof(
    fc.dictionary(variable, fc.oneof(word, fc.integer(), fc.boolean()), { maxKeys: 3 }),
    fc.array(
      fc.tuple(variable, word).map(([name, value]) => `${name}=${value}`),
      { maxLength: 3 },
    ),
  ),
  "service.healthcheck": fc.record(
    {
      test: fc.constantFrom<unknown>("curl -f localhost", ["CMD", "true"], ["NONE"], ["CMD-SHELL", "exit 0"]),
      interval: seconds(5, 300),
      timeout: seconds(2, 60),
      retries: fc.integer({ min: 1, max: 10 }),
      start_period: seconds(0, 300),
      disable: fc.boolean(),
    },
    { requiredKeys: ["test"] },
  ),
  "service.stop_signal": fc.constantFrom("SIGQUIT", "int", 3),
  "service.stop_grace_period": seconds(0, 120),
  "service.platform": fc.constantFrom("linux/amd64", "linux/arm64", "linux/x86_64"),
  "service.scale": fc.integer({ min: 0, max: 9 }),
  "service.deploy.replicas": fc.integer({ min: 0, max: 9 }),
  "service.deploy.resources.reservations.devices": fc.constant(undefined),
  "service.ulimits": fc.dictionary(
    fc.constantFrom("nofile", "nproc"),
    fc.oneof(fc.nat(65_535), fc.constant({ soft: 1024, hard: 2048 })),
  ),
  "service.cap_drop": fc.uniqueArray(fc.constantFrom("ALL", "NET_RAW", "CAP_MKNOD"), { maxLength: 2 }),
  "service.tmpfs": fc.constantFrom<unknown>("/tmp", ["/run:size=64m,noexec", "/tmp"]),
  "service.build": fc.oneof(
    fc.constantFrom("./app", "."),
    fc.record(
      {
        context: fc.constantFrom("./app", ".", "services/api"),
        dockerfile: fc.constantFrom("Dockerfile", "docker/Dockerfile.prod"),
        target: word,
        args: fc.dictionary(variable, word, { maxKeys: 2 }),
      },
      { requiredKeys: ["context"] },
    ),
  ),
};
