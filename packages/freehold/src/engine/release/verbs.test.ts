import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { logs } from "../logs.ts";
import { releases } from "../releases.ts";
import { rollback } from "../rollback.ts";
import { run } from "../run.ts";
import { credentials } from "../secrets/credentials.ts";
import { demandSecrets } from "../secrets/demand.ts";
import { Secret } from "../secrets/value.ts";
import { listSecrets, setSecret } from "../secrets.ts";
import { status } from "../status.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { provisionShop, shopApplication, shopBuilt, shopTarget, storeStates } from "../testing/shop.ts";
import { createTranscript } from "../testing/transcript.ts";
import { release } from "./release.ts";

const request = { application: shopApplication() };
const target = shopTarget();

/** A world in which the shop was released as often as said. */
async function released(editions: readonly string[]): Promise<FakeWorld> {
  const world = fakeWorld();
  provisionShop(world);
  storeStates(world);
  await credentials({ target }, world.ports, () => {});
  for (const edition of editions) {
    await release({ target, built: shopBuilt({ api: edition, web: edition }) }, world.ports, () => {});
  }
  world.journal.calls.length = 0;
  return world;
}

function runningImage(world: FakeWorld, service: string): string | undefined {
  const { taskDefinition = "" } = world.ecs.services.get(service) ?? {};
  return world.ecs.revisions.get(taskDefinition)?.containers[0]?.image;
}

test("rollback brings back exactly the earlier revision and site, and leaves the rest alone", async () => {
  const world = await released(["1", "2"]);
  const revisions = world.ecs.revisions.size;
  const transcript = createTranscript();
  const back = await rollback(request, world.ports, transcript.emit);
  assert.deepEqual(transcript.lines(), [
    "release …",
    "release/api …",
    "release/api done (1 running)",
    "sites …",
    "sites done (web)",
    "schedules …",
    "schedules unchanged",
    "release done (v3)",
  ]);
  assert.deepEqual([back.id, back.parent, back.rollbackOf], ["v3", "v2", "v1"]);
  assert.equal(runningImage(world, "api"), "registry/api@sha256:1");
  assert.equal(world.keys.get("dev/web"), "releases/1");
  assert.equal(world.ecs.revisions.size, revisions, "no revision is registered for it");
});

test("either page finds its assets while a switch goes round the edges, and after it, back and forth", async () => {
  const world = await released(["1", "2"]);
  const own = ["1/index.html", "1/assets/app-0a1b2c3d.js", "2/index.html", "2/assets/app-4e5f6a7b.js"];
  for (const key of own) world.s3.objects.set(`site/releases/${key}`, key);
  const filesOf = (folder: string) =>
    [...world.s3.objects.keys()]
      .flatMap((key) => new RegExp(`^site/releases/${folder}/(.*)`).exec(key)?.[1] ?? [])
      .sort();
  const both = ["assets/app-0a1b2c3d.js", "assets/app-4e5f6a7b.js", "index.html"];
  await rollback(request, world.ports, () => {});
  assert.deepEqual([filesOf("1"), filesOf("2")], [both, both]);

  world.s3.objects.set("site/releases/2/assets/late-8c9d0e1f.js", "");
  await release({ target, built: shopBuilt({ api: "1", web: "2" }) }, world.ports, () => {});
  assert.equal(world.keys.get("dev/web"), "releases/2");
  assert.ok(filesOf("1").includes("assets/late-8c9d0e1f.js"));
});

test("a rollback that does not come up leaves the live release", async () => {
  const world = await released(["1", "2"]);
  world.ecs.broken.set("registry/api@sha256:1", 1);
  await assert.rejects(
    rollback(request, world.ports, () => {}),
    UserError,
  );
  assert.equal(runningImage(world, "api"), "registry/api@sha256:2");
  assert.equal((await releases(request, world.ports)).live, "v2");
});

test("a rollback to an image that has gone is refused before anything is touched", async () => {
  const world = await released(["1", "2"]);
  world.gone.add("api@sha256:1");
  const failed = rollback(request, world.ports, () => {});
  await assert.rejects(failed, (error) => {
    assert.ok(error instanceof UserError);
    assert.deepEqual(
      error.problems.map((one) => [one.code, one.subject]),
      [["image-gone", "api"]],
    );
    return true;
  });
  assert.ok(!world.journal.calls.includes("updateService"));
});

test("a rollback the person says no to changes nothing", async () => {
  const world = await released(["1", "2"]);
  const questions = { ...world.ports.questions, confirm: async () => false };
  const declined = rollback(request, { ...world.ports, questions }, () => {});
  await assert.rejects(declined, (error) => error instanceof UserError && error.exitCode === 130);
  assert.equal(runningImage(world, "api"), "registry/api@sha256:2");
});

test("releases lists what was live, newest first", async () => {
  const world = await released(["1", "2"]);
  const listed = await releases(request, world.ports);
  assert.deepEqual([listed.live, listed.releases.map((one) => one.id)], ["v2", ["v2", "v1"]]);
});

test("run uses the live release's revision and ends with the command's exit code", async () => {
  const world = await released(["1"]);
  world.ecs.exitCodes.set("node -v", 7);
  world.ecs.ran.length = 0;
  const ran = await run({ ...request, service: "api", command: ["node", "-v"] }, world.ports, () => {});
  assert.equal(ran.exitCode, 7);
  assert.deepEqual(world.ecs.ran, [`${world.ecs.services.get("api")?.taskDefinition} node -v`]);
});

test("run refuses a site and an unknown service by name", async () => {
  const world = await released(["1"]);
  for (const [service, code] of [
    ["web", "no-release"],
    ["shop", "no-service"],
  ] as const) {
    const refused = run({ ...request, service, command: ["true"] }, world.ports, () => {});
    await assert.rejects(refused, (error) => error instanceof UserError && error.problems[0]?.code === code);
  }
});

test("status tells the live release, the services' state and why something died", async () => {
  const world = await released(["1"]);
  world.ecs.broken.set("registry/api@sha256:2", 3);
  await release({ target, built: shopBuilt({ api: "2" }) }, world.ports, () => {}).catch(() => {});
  const seen = await status(request, world.ports);
  assert.equal(seen.url, "http://d1.cloudfront.localhost:4566");
  assert.equal(seen.release?.id, "v1");
  assert.deepEqual(
    seen.services.map((one) => [one.name, one.state, one.running, one.stopped[0]?.exitCode]),
    [
      ["api", "steady", 1, 3],
      ["report", "scheduled", undefined, undefined],
      ["worker", "steady", 1, undefined],
      ["web", "served", undefined, undefined],
    ],
  );
});

test("logs are interleaved by time, from the asked instant on", async () => {
  const world = await released(["1"]);
  world.lines.set("/shop/api", ["a0", "a1", "a2"]);
  world.lines.set("/shop/worker", ["w0", "w1"]);
  const transcript = createTranscript();
  const told = await logs({ ...request, since: new Date(1000) }, world.ports, transcript.emit);
  assert.deepEqual(transcript.lines(), ["api | a1", "worker | w1", "api | a2"]);
  assert.equal(told.lines, 3);
  const site = logs({ ...request, service: "web", since: new Date(0) }, world.ports, () => {});
  await assert.rejects(site, /is a site/);
});

test("logs go on until the signal, and tell what comes", async () => {
  const world = await released(["1"]);
  const stop = new AbortController();
  const waits = [
    ["a0", "a1"],
    ["a0", "a1", "a2"],
  ];
  const clock = {
    ...world.ports.clock,
    sleep: async () => {
      world.lines.set("/shop/api", waits.shift() ?? []);
      if (waits.length === 0) stop.abort();
    },
  };
  world.lines.set("/shop/api", ["a0"]);
  const transcript = createTranscript();
  const following = { ...request, service: "api", since: new Date(0), follow: true, signal: stop.signal };
  await logs(following, { ...world.ports, clock }, transcript.emit);
  assert.deepEqual(transcript.lines(), ["api | a0", "api | a1", "api | a2"]);
});

test("a secret set before the environment is there makes it, tagged; ls never tells a value", async () => {
  const world = fakeWorld();
  const value = new Secret("canary");
  const first = await setSecret({ ...request, name: "STRIPE_KEY", value }, world.ports);
  await setSecret({ ...request, name: "OTHER", value }, world.ports);
  assert.deepEqual(first, { name: "STRIPE_KEY", environment: "dev", isDeclared: true });
  assert.deepEqual(world.journal.calls, ["putSecretValue", "createSecret", "putSecretValue"]);
  const listed = await listSecrets(request, world.ports);
  assert.deepEqual(listed.secrets, [
    { name: "OTHER", isSet: true, services: [] },
    { name: "STRIPE_KEY", isSet: true, services: ["api"] },
  ]);
  assert.ok(!JSON.stringify([listed, first]).includes("canary"));
  const stored = [...(world.secrets.secrets.values().next().value?.values() ?? [])].at(-1)?.text ?? "";
  assert.deepEqual(JSON.parse(stored), { OTHER: "canary", STRIPE_KEY: "canary" });
});

test("what a destroyed environment's secret still holds is taken back", async () => {
  const world = fakeWorld();
  const value = new Secret("canary");
  await setSecret({ ...request, name: "STRIPE_KEY", value }, world.ports);
  const [id = ""] = world.secrets.secrets.keys();
  world.secrets.waiting.add(id);
  assert.equal((await listSecrets(request, world.ports)).secrets[0]?.isSet, false);
  await setSecret({ ...request, name: "OTHER", value }, world.ports);
  const listed = await listSecrets(request, world.ports);
  assert.deepEqual(
    listed.secrets.map((one) => [one.name, one.isSet]),
    [
      ["OTHER", true],
      ["STRIPE_KEY", true],
    ],
  );
  world.secrets.waiting.add(id);
  const [collection] = request.application.collections;
  assert.ok(collection);
  const owner = { application: request.application, collection, environment: target.environment };
  assert.equal(await demandSecrets(owner, world.ports), "version-2");
});

test("verbs say that the environment is not there yet", async () => {
  const world = fakeWorld();
  for (const verb of [status, releases]) await assert.rejects(verb(request, world.ports), /is not there yet/);
});
