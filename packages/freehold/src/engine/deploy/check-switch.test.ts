import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { describeRevision } from "../task/task-definition.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { type Check, readCheck, writeCheck } from "./check.ts";
import { moveServices } from "./deploy.ts";
import type { Move } from "./move.ts";

const health: Check = {
  path: "/health",
  codes: "200-399",
  interval: 5,
  timeout: 4,
  healthy: 2,
  unhealthy: 5,
};

interface World extends FakeWorld {
  /** The checks that the target group was given. */
  readonly given: readonly string[];
}

/** One web service, live with `/health`. */
async function world(count = 1): Promise<World> {
  const made = fakeWorld();
  for (const edition of ["1", "2"]) {
    const container = { name: "api", image: `api@${edition}`, portMappings: [{ containerPort: 8000 }] };
    made.ecs.revisions.set(`api:${edition}`, { containers: [container], tags: [] });
  }
  made.ecs.services.set("api", { taskDefinition: "api:1", desiredCount: count, deployment: "ecs-svc/old" });
  await writeCheck("group", health, made.ports);
  const given: string[] = [];
  const set = made.groups.set.bind(made.groups);
  made.groups.set = (arn, group) => {
    given.push(`${group.HealthCheckPath} ${group.Matcher?.HttpCode} ${group.HealthCheckIntervalSeconds}`);
    return set(arn, group);
  };
  return { ...made, given };
}

async function move({ ports }: FakeWorld, change: Partial<Check>, count?: number): Promise<Move> {
  return {
    name: "api",
    place: { cluster: "cluster", service: "api", targetGroup: "group" },
    revision: await describeRevision("api:2", ports),
    check: { ...health, ...change },
    ...(count === undefined ? {} : { count }),
  };
}

async function run(made: FakeWorld, one: Move): Promise<UserError | undefined> {
  const request = { waves: [[one]], serving: "v1" };
  const error = await moveServices(request, made.ports, () => {}).catch((thrown: unknown) => thrown);
  if (error === undefined) return undefined;
  assert.ok(error instanceof UserError, String(error));
  return error;
}

test("the same check is left alone", async () => {
  const made = await world();
  assert.equal(await run(made, await move(made, {})), undefined);
  assert.deepEqual(made.given, []);
});

test("another path is asked leniently while tasks of both releases are targets, then strictly", async () => {
  const made = await world();
  assert.equal(await run(made, await move(made, { path: "/ready" })), undefined);
  assert.deepEqual(made.given, ["/ready 200-499 5", "/ready 200-399 5"]);
  assert.deepEqual(made.ecs.graces, [7200, 60]);
});

test("other times are taken over at once, and so is any check where no task runs yet", async () => {
  const timed = await world();
  assert.equal(await run(timed, await move(timed, { interval: 10 })), undefined);
  assert.deepEqual(timed.given, ["/health 200-399 10"]);
  const first = await world(0);
  assert.equal(await run(first, await move(first, { path: "/ready" }, 1)), undefined);
  assert.deepEqual(first.given, ["/ready 200-399 5"]);
});

test("a path that nobody knows ends the release; check and tasks are as they were", async () => {
  const made = await world();
  const error = await run(made, await move(made, { path: "/nowhere" }));
  assert.match(error?.message ?? "", /GET \/nowhere on port 8000 was answered with 404, not 200-399\.$/);
  assert.deepEqual(await readCheck("group", made.ports), health);
  assert.equal(made.ecs.services.get("api")?.taskDefinition, "api:1");
  assert.deepEqual(made.ecs.graces, [7200, 60], "meanwhile ECS replaces no task");
});

test("a release that crashes gives the check back as well", async () => {
  const made = await world();
  made.ecs.broken.set("api@2", 1);
  const error = await run(made, await move(made, { path: "/ready" }));
  assert.match(error?.message ?? "", /exit code 1/);
  assert.deepEqual(made.given, ["/ready 200-499 5", "/health 200-499 5", "/health 200-399 5"]);
});
