import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment, Service } from "../app/application.ts";
import { UserError } from "../errors.ts";
import { parseApplication } from "./parse.ts";

function environmentOf(text: string): Environment {
  const { collections } = parseApplication([{ path: "compose.yaml", text }], {
    folder: "shop",
    variables: {},
  });
  return collections[0]?.environments[0] ?? assert.fail("no environment");
}

function service(text: string, name: string): Service {
  return environmentOf(text).services.find((one) => one.name === name) ?? assert.fail(`no ${name}`);
}

const types: readonly (readonly [string, string, string])[] = [
  ["an exposed port", "{image: x, expose: [80]}", "private"],
  ["ports bound to this machine", '{image: x, ports: ["127.0.0.1:80:80"]}', "private"],
  ["a published port besides", '{image: x, ports: ["127.0.0.1:80:80", "90"]}', "web"],
  ["a command that is not repeated", '{image: x, restart: "no", command: y}', "job"],
  ["a profile", "{image: x, ports: [80], profiles: [tools]}", "job"],
  ["neither", "{image: x}", "worker"],
];

for (const [what, written, type] of types) {
  test(`${what}: ${type}`, () => assert.equal(service(`services: {a: ${written}}`, "a").type, type));
}

const pair = (caller: string) => `services: {a: ${caller}, b: {image: y, expose: [8000, 9000]}}`;

const callers: readonly (readonly [string, string, readonly number[]])[] = [
  ["a URL", "{image: x, environment: {B: 'http://b:9000/x'}}", [9000]],
  ["depends_on", "{image: x, depends_on: [b]}", [8000, 9000]],
  ["uses", "{image: x, x-freehold: {uses: [b]}}", [8000, 9000]],
  ["nothing", "{image: x}", []],
];

for (const [what, caller, ports] of callers) {
  test(`called by ${what}`, () => {
    const found = service(pair(caller), "a");
    assert.ok(found.type === "worker");
    assert.deepEqual(
      found.calls,
      ports.map((port) => ({ service: "b", port })),
    );
  });
}

test("a service's tasks have the name of the file, those that run once that of the network", () => {
  const away = { B: "http://b.dev.shop.internal:8000" };
  const running = service(pair("{image: x, environment: {B: 'http://b:8000'}}"), "a");
  assert.ok(running.type === "worker");
  assert.deepEqual([running.variables["B"], running.taskVariables], ["http://b:8000", away]);
  const once = service(
    pair("{image: x, environment: {B: 'http://b:8000'}, x-freehold: {schedule: '0 9 * * *'}}"),
    "a",
  );
  assert.ok(once.type === "cron");
  assert.deepEqual([once.variables["B"], once.taskVariables], [away.B, away]);
});

test("a proxy's needs are added to the size, of both who calls and who is called", () => {
  const sizes = (caller: string) =>
    environmentOf(pair(caller)).services.map((one) => one.type !== "site" && one.size);
  assert.deepEqual(sizes("{image: x, depends_on: [b]}"), [
    { cpu: 512, memory: 1024 },
    { cpu: 512, memory: 1024 },
  ]);
  assert.deepEqual(sizes("{image: x}"), [
    { cpu: 256, memory: 512 },
    { cpu: 256, memory: 512 },
  ]);
});

test("a job that another waits for runs with each release", () => {
  const file = (condition: string) =>
    `services: {a: {image: x, depends_on: {b: {condition: ${condition}}}}, b: {image: y, restart: "no", command: z}}`;
  const isAwaited = (condition: string) => {
    const found = service(file(condition), "b");
    return found.type === "job" && found.isAwaited;
  };
  assert.deepEqual(
    [isAwaited("service_completed_successfully"), isAwaited("service_started")],
    [true, false],
  );
});

test("what another waits for to end is a job, even where nothing else says so", () => {
  const waiter = "a: {image: x, depends_on: {b: {condition: service_completed_successfully}}}";
  const found = service(`services: {${waiter}, b: {build: ., ports: ["80:80"]}}`, "b");
  assert.ok(found.type === "job" && found.isAwaited);
});

test("what keeps data is private, though its port is published for the tools at home", () => {
  const found = (ports: string) => service(`services: {b: {image: "mongo:7", ports: [${ports}]}}`, "b");
  assert.equal(found('"27017:27017"').type, "private");
  assert.equal(found('"127.0.0.1:27017:27017"').type, "private");
  assert.equal(service('services: {b: {build: ., image: "mongo:7", ports: [80]}}', "b").type, "web");
});

test("the container's check goes to ECS as far as ECS takes it", () => {
  const file =
    "services: {a: {image: x, expose: [80], healthcheck: {test: curl localhost, interval: 1s, retries: 50}}}";
  const found = service(file, "a");
  assert.ok(found.type === "private");
  assert.deepEqual(found.check, {
    command: ["CMD-SHELL", "curl localhost"],
    interval: 5,
    timeout: 5,
    retries: 10,
    startPeriod: 0,
  });
});

test("a check that is turned off is none", () => {
  for (const healthcheck of ["{disable: true, test: x}", "{test: [NONE]}", "{interval: 5s}"]) {
    const found = service(`services: {a: {image: x, expose: [80], healthcheck: ${healthcheck}}}`, "a");
    assert.ok(found.type === "private");
    assert.equal(found.check, undefined);
  }
});

test("a port that nobody listens at is a problem where it is written", () => {
  assert.throws(
    () => environmentOf(pair("{image: x, environment: {B: 'http://b:7000'}}")),
    (error) =>
      error instanceof UserError &&
      /calls `b` at port 7000, which listens at 8000, 9000/.test(error.problems[0]?.message ?? ""),
  );
});

test("a profile that runs at home unasked makes no job", () => {
  const file =
    "services: {a: {image: x, ports: [80], profiles: [web, all]}, b: {image: x, profiles: [tools]}}";
  const typesWith = (profiles: string) => {
    const options = { folder: "shop", variables: { COMPOSE_PROFILES: profiles } };
    const { collections } = parseApplication([{ path: "compose.yaml", text: file }], options);
    return collections[0]?.environments[0]?.services.map(({ type }) => type);
  };
  assert.deepEqual(typesWith("db, web"), ["web", "job"]);
  assert.deepEqual(typesWith("*"), ["web", "worker"]);
  assert.deepEqual(typesWith(""), ["job", "job"]);
});
