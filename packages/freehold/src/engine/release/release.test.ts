import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { Killed } from "../testing/fake-client.ts";
import type { FakeWorld } from "../testing/fake-ports.ts";
import { outcome, provisioned, releaseShop } from "../testing/released-shop.ts";
import type { shopBuilt } from "../testing/shop.ts";

test("the first release brings everything up, in order", async () => {
  const world = provisioned();
  const { released, lines } = await releaseShop(world);
  assert.deepEqual(lines, [
    "release …",
    "upload/web …",
    "upload/web done (0 files)",
    "database/db …",
    "database/db done",
    "register …",
    "register done (api, report, worker)",
    "release-command/api …",
    "release-command/api done (migrate)",
    "seed-command/api …",
    "seed-command/api done (seed)",
    "release/api …",
    "release/api done (1 running)",
    "release/worker …",
    "release/worker done (1 running)",
    "sites …",
    "sites done (web)",
    "schedules …",
    "schedules done (report)",
    "release done (v1)",
  ]);
  assert.equal(released?.isNew, true);
  assert.deepEqual(await outcome(world), {
    live: "v1",
    images: [
      ["api", "registry/api@sha256:1", 1],
      ["worker", "registry/worker@sha256:1", 1],
    ],
    scheduled: "registry/worker@sha256:1",
    state: "ENABLED",
    keys: [["dev/web", "releases/1"]],
  });
});

test("a release in which nothing changed touches nothing, makes no record and says so", async () => {
  const world = provisioned();
  await releaseShop(world);
  world.journal.calls.length = 0;
  const { released, lines } = await releaseShop(world);
  assert.equal(released?.isNew, false);
  assert.equal(lines.at(-1), "release unchanged (v1 is live, nothing has changed)");
  assert.deepEqual(world.journal.calls, []);
});

test("only what has changed is touched, and only the changed service runs its commands; nothing is seeded again", async () => {
  const world = provisioned();
  await releaseShop(world);
  const before = world.ecs.services.get("worker")?.taskDefinition;
  const { released, lines } = await releaseShop(world, { api: "2" });
  assert.equal(world.ecs.services.get("worker")?.taskDefinition, before);
  assert.deepEqual(
    lines.filter((line) => /^(register|release|seed)/.test(line) && !line.endsWith("…")),
    [
      "register done (api)",
      "release-command/api done (migrate)",
      "release/api done (1 running)",
      "release done (v2)",
    ],
  );
  const services = released?.release.services ?? {};
  assert.deepEqual(
    Object.entries(services).map(([name, one]) => [name, one.changedIn]),
    [
      ["api", "v2"],
      ["report", "v1"],
      ["worker", "v1"],
    ],
  );
});

test("a site alone moves no service", async () => {
  const world = provisioned();
  await releaseShop(world);
  world.journal.calls.length = 0;
  await releaseShop(world, { web: "2" });
  assert.ok(!world.journal.calls.includes("updateService"));
  assert.deepEqual([...world.keys], [["dev/web", "releases/2"]]);
});

test("a container that keeps ending ends the release with its last lines, and what ran before is put back", async () => {
  const world = provisioned();
  await releaseShop(world);
  const before = await outcome(world);
  world.ecs.broken.set("registry/api@sha256:2", 3);
  world.lines.set("tasks/api/2", ["starting", "cannot find config"]);
  const { error, lines } = await releaseShop(world, { api: "2", web: "2" });
  assert.ok(error instanceof UserError);
  const ended = "It ended with exit code 3, and again when it was started anew";
  assert.deepEqual(
    error.problems.map((one) => [one.code, one.message, one.output]),
    [["release-failed", `${ended}.`, ["starting", "cannot find config"]]],
  );
  assert.deepEqual(lines.slice(-4), [
    `release/api failed: ${ended}.`,
    "put-back …",
    "put-back done (v1 serves on)",
    `release failed: ${ended}.`,
  ]);
  assert.deepEqual(await outcome(world), before, "as it was");
});

test("a release command that fails leaves what runs alone", async () => {
  const world = provisioned();
  await releaseShop(world);
  const before = await outcome(world);
  world.ecs.exitCodes.set("migrate", 1);
  const { error } = await releaseShop(world, { api: "2" });
  assert.ok(error instanceof UserError);
  assert.match(error.message, /^`migrate` failed\. It ended with exit code 1\.$/);
  assert.match(error.problems[0]?.hint ?? "", /^v1 serves on, untouched\. /);
  assert.equal(error.exitCode, 1);
  assert.deepEqual(await outcome(world), before);
});

test("roles and databases that cannot be made end the release before any task of the application", async () => {
  const world = provisioned();
  world.ecs.exitCodes.set("", 2);
  const { error, lines } = await releaseShop(world);
  assert.ok(error instanceof UserError);
  assert.match(error.message, /^Its roles and databases could not be made\. It ended with exit code 2/);
  assert.equal(
    lines.at(-2),
    "database/db failed: Its roles and databases could not be made. It ended with exit code 2.",
  );
  assert.equal(world.ecs.ran.length, 1);
});

test("each container knows the release that last changed it", async () => {
  const world = provisioned();
  await releaseShop(world);
  await releaseShop(world, { api: "2" });
  const known = ["api", "worker"].map((name) => {
    const { taskDefinition = "" } = world.ecs.services.get(name) ?? {};
    return world.ecs.revisions.get(taskDefinition)?.containers[0]?.environment;
  });
  assert.deepEqual(known, [
    [{ name: "FREEHOLD_RELEASE", value: "v2" }],
    [{ name: "FREEHOLD_RELEASE", value: "v1" }],
  ]);
});

test("a secret that is declared but not set stops the release before anything is done", async () => {
  const world = provisioned();
  for (const secret of world.secrets.secrets.values()) {
    for (const version of secret.values()) Object.assign(version, { text: "{}" });
  }
  const { error } = await releaseShop(world);
  assert.ok(error instanceof UserError);
  assert.deepEqual(
    error.problems.map((one) => [one.code, one.subject]),
    [["secret-not-set", "STRIPE_KEY"]],
  );
  assert.ok(!world.journal.calls.includes("registerTaskDefinition"));
});

test("another version of the user's secret moves the services that declare one, pinned to it", async () => {
  const world = provisioned();
  await releaseShop(world);
  const secret = world.secrets.secrets.get("arn:secret/dev");
  secret?.get("version-1")?.labels.delete("AWSCURRENT");
  secret?.set("version-2", { text: '{"STRIPE_KEY":"new"}', labels: new Set(["AWSCURRENT"]) });
  const { released } = await releaseShop(world);
  assert.deepEqual(
    Object.entries(released?.release.services ?? {}).map(([name, one]) => [name, one.changedIn]),
    [
      ["api", "v2"],
      ["report", "v1"],
      ["worker", "v1"],
    ],
  );
  const revision = world.ecs.revisions.get(world.ecs.services.get("api")?.taskDefinition ?? "");
  assert.equal(revision?.containers[0]?.secrets?.[0]?.valueFrom, "arn:secret/dev:STRIPE_KEY::version-2");
  assert.deepEqual(
    [...(secret?.get("version-1")?.labels ?? [])].concat([...(secret?.get("version-2")?.labels ?? [])]),
    ["previous", "AWSCURRENT", "live"],
  );
});

test("a service somebody moved by hand is put right without a new release", async () => {
  const world = provisioned();
  await releaseShop(world);
  const before = await outcome(world);
  const api = world.ecs.services.get("api");
  if (api !== undefined) api.taskDefinition = "placeholder-api:1";
  const { released } = await releaseShop(world);
  assert.equal(released?.isNew, false);
  assert.deepEqual(await outcome(world), before);
});

test("a health check somebody changed by hand is put right without a new release", async () => {
  const world = provisioned();
  await releaseShop(world);
  const [group = ""] = world.groups.keys();
  const before = world.groups.get(group);
  world.groups.set(group, { ...before, HealthCheckPath: "/by-hand" });
  const { released } = await releaseShop(world);
  assert.equal(released?.isNew, false);
  assert.deepEqual(world.groups.get(group), before);
});

test("killed before any call and run again, a release ends in the same state, with no record or revision twice", async () => {
  const undisturbed = provisioned();
  await releaseShop(undisturbed);
  await releaseShop(undisturbed, { api: "2", web: "2" });
  const expected = await outcome(undisturbed);
  const calls = undisturbed.journal.calls.length;
  assert.ok(calls > 20, `${calls} calls`);
  for (let index = 0; index < calls; index += 1) {
    const world = provisioned();
    world.journal.failAt = index;
    const editions = [{}, { api: "2", web: "2" }];
    for (const edition of editions) await untilThrough(world, edition);
    assert.deepEqual(
      await outcome(world),
      expected,
      `killed before ${undisturbed.journal.calls[index]} (${index})`,
    );
    const records = [...world.s3.objects.keys()].filter((key) => /\/v\d+\.json$/.test(key));
    assert.deepEqual(records, ["artifacts/releases/dev/v1.json", "artifacts/releases/dev/v2.json"]);
    assert.equal(
      new Set(world.ecs.revisions.keys()).size,
      undisturbed.ecs.revisions.size,
      `revisions (${index})`,
    );
  }
});

test("a first release that is killed after seeding does not seed again", async () => {
  const undisturbed = provisioned();
  await releaseShop(undisturbed);
  const world = provisioned();
  world.journal.failAt = undisturbed.journal.calls.indexOf("updateService");
  await untilThrough(world, {});
  assert.equal(world.ecs.ran.filter((one) => one.endsWith(" seed")).length, 1);
});

async function untilThrough(world: FakeWorld, edition: Parameters<typeof shopBuilt>[0]): Promise<void> {
  const run = async () => (await releaseShop(world, edition)).error;
  const error = await run().catch((thrown: unknown) => thrown);
  if (error === undefined) return;
  assert.ok(error instanceof Killed, String(error));
  delete world.journal.failAt;
  assert.equal(await run(), undefined);
}

test("no secret is in an event, a record or a task definition", async () => {
  const world = provisioned();
  const { lines } = await releaseShop(world);
  const seen = JSON.stringify([lines, [...world.s3.objects], [...world.ecs.revisions]]);
  assert.ok(!/canary-stripe|password\d/.test(seen));
});
