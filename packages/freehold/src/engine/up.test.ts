import assert from "node:assert/strict";
import { test } from "node:test";
import type { Application } from "../app/application.ts";
import { UserError } from "../errors.ts";
import { destroyEnvironment } from "./destroy.ts";
import type { Event } from "./events.ts";
import { plan } from "./plan.ts";
import type { Ports, Question } from "./ports.ts";
import { type FakeAccount, fakeAccount, stateBucket } from "./testing/fake-account.ts";
import { shopApplication } from "./testing/shop.ts";
import { createTranscript } from "./testing/transcript.ts";
import { up } from "./up.ts";

const request = { application: shopApplication() };

/** Runs `up`; the lines leave out what a release says, which its own test holds. */
async function converse(ports: Ports, application = request.application) {
  const transcript = createTranscript();
  const run = up({ application }, ports, transcript.emit);
  const [result, error] = await run.then(
    (value) => [value, undefined] as const,
    (failure: unknown) => [undefined, failure] as const,
  );
  const ours = /^(bootstrap|plan|apply|changes|build|finish|release )/;
  const lines = transcript.lines().filter((line) => ours.test(line) && !/ [~…]/.test(line));
  return { result, error, lines };
}

/** The shop with another health check: one thing changes. */
function withOtherHealth(application: Application): Application {
  return changeShop(application, (service) =>
    service.type === "web" ? { ...service, health: { ...service.health, path: "/healthy" } } : service,
  );
}

type Service = Application["collections"][number]["environments"][number]["services"][number];

function changeShop(application: Application, change: (service: Service) => Service): Application {
  const collections = application.collections.map((collection) => ({
    ...collection,
    environments: collection.environments.map((environment) => ({
      ...environment,
      services: environment.services.map(change),
    })),
  }));
  return { ...application, collections };
}

async function isUp(): Promise<FakeAccount> {
  const world = await fakeAccount();
  await up(request, world.ports, () => {});
  world.terraform.calls.length = 0;
  world.questions.asked.length = 0;
  world.journal.calls.length = 0;
  return world;
}

function assertUserError(error: unknown, code: string, exitCode: number): void {
  assert.ok(error instanceof UserError, String(error));
  assert.deepEqual([error.problems[0]?.code, error.exitCode], [code, exitCode]);
}

test("from nothing: asked once, before the first thing is made; then collection, build beside environment, release", async () => {
  const world = await fakeAccount();
  const { result, lines } = await converse(world.ports);
  assert.deepEqual(lines.slice(0, 5), [
    "changes",
    "changes",
    "bootstrap done",
    "plan/collection done (44 to create)",
    "apply/collection done (44 to create)",
  ]);
  assert.deepEqual(lines.slice(5, -1).toSorted(), [
    "apply/environment done (69 to create, 1 to update)",
    "build/api done (sha256:000000000000)",
    "build/db done (sha256:000000000000)",
    "build/web done",
    "plan/environment done (69 to create, 1 to update)",
  ]);
  assert.equal(lines.at(-1), "release done (v1)");
  assert.deepEqual(world.questions.asked, ["Make these 114 changes, then release to default/dev?"]);
  assert.deepEqual(world.terraform.calls, ["plan collection", "apply collection", "plan dev", "apply dev"]);
  assert.equal(result?.release, "v1");
  assert.ok(!world.s3.objects.has(`${stateBucket}/shop/default/leases/dev.json`), "the lease is given back");
});

test("again: asked whether to release, nothing is applied, nothing is released", async () => {
  const world = await isUp();
  const { result, lines } = await converse(world.ports);
  assert.deepEqual(world.questions.asked, ["Release to default/dev, in place of v1?"]);
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev"]);
  assert.equal(lines.at(-1), "release unchanged (v1 is live, nothing has changed)");
  assert.deepEqual([result?.changes, result?.isNewRelease], [0, false]);
});

test("a command of the file that nobody has agreed to: asked first, and without an answer nothing is read or changed", async () => {
  const world = await fakeAccount();
  const { hostCommands, questions } = world.ports;
  const kinds: string[] = [];
  const events: Event[] = [];
  const ports = {
    ...world.ports,
    hostCommands: { ...hostCommands, recall: async () => ({ kind: "read", commands: [] }) as const },
    questions: {
      ...questions,
      confirm: async ({ kind }: Question) => {
        kinds.push(kind);
        return false;
      },
    },
  };
  const error: unknown = await up(request, ports, (event) => events.push(event)).catch(
    (failure: unknown) => failure,
  );
  assertUserError(error, "declined", 130);
  assert.deepEqual([kinds, world.journal.calls, world.terraform.calls], [["host-command"], [], []]);
  assert.deepEqual(
    events.map((event) => event.type),
    ["host-command"],
  );
});

test("a plan reports the commands of the file, and asks nobody about them", async () => {
  const world = await isUp();
  const run = () => assert.fail("a plan runs no command of the file");
  const ports = { ...world.ports, hostCommands: { ...world.ports.hostCommands, recall: run, run } };
  const { emit, events } = createTranscript();
  await plan(request, ports, emit);
  const [told] = events.filter((event) => event.type === "host-command");
  assert.deepEqual([told?.site, told?.folder, told?.command], ["web", "web", "build"]);
  assert.deepEqual(world.questions.asked, []);
});

test("a plan after it is empty, and writes nothing", async () => {
  const world = await isUp();
  const { hasChanges } = await plan(request, world.ports, () => {});
  assert.equal(hasChanges, false);
  assert.deepEqual(world.journal.calls, []);
});

test("a plan tells what the file asks for and no stack holds yet, and no other note", async () => {
  const world = await isUp();
  const notes = [
    { subject: "services.api.x-freehold.spot", message: "is not built yet", isLater: true },
    { subject: "services.api.restart", message: "means nothing on AWS" },
  ] as const;
  const { emit, lines } = createTranscript();
  await plan({ application: { ...request.application, notes } }, world.ports, emit);
  assert.deepEqual(
    lines().filter((line) => line.startsWith("note ")),
    ["note services.api.x-freehold.spot is not built yet"],
  );
});

test("zones are chosen once: a plan after it does not look for them again", async () => {
  const world = await isUp();
  const ec2 = () => assert.fail("asked for zones");
  const ports = { ...world.ports, aws: { ...world.ports.aws, ec2 } };
  assert.equal((await plan(request, ports, () => {})).hasChanges, false);
});

test("a plan before it lists everything, what is there already as taken over, and writes nothing", async () => {
  const world = await fakeAccount();
  const { hasChanges, environment } = await plan(request, world.ports, () => {});
  assert.equal(hasChanges, true);
  assert.deepEqual(
    environment
      .filter((change) => change.action !== "create")
      .map(({ address, action }) => [address, action]),
    [["aws_secretsmanager_secret.environment", "import"]],
  );
  assert.deepEqual(world.journal.calls, []);
});

test("a changed file: images are built before what runs is touched", async () => {
  const world = await isUp();
  const { lines } = await converse(world.ports, withOtherHealth(request.application));
  assert.deepEqual(world.questions.asked, ["Make this change, then release to default/dev?"]);
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev", "apply dev"]);
  assert.ok(lines.indexOf("build/web done") < lines.indexOf("apply/environment done (1 to update)"));
});

test("said no: nothing at all was changed", async () => {
  const world = await fakeAccount();
  world.questions.isYes = false;
  const { error, lines } = await converse(world.ports);
  assertUserError(error, "declined", 130);
  assert.deepEqual(lines, ["changes", "changes"]);
  assert.deepEqual(world.journal.calls, []);
});

const releaseQuestion = "Release 0123456789 with uncommitted changes to default/dev, in place of v1?";

test("said no to a release of code alone: nothing was built, and only the lease was written and given back", async () => {
  const world = await isUp();
  world.questions.isYes = false;
  const head = { commit: "0123456789abcdef", author: "Ada", isDirty: true };
  const { error, lines } = await converse({ ...world.ports, git: { head: async () => head } });
  assertUserError(error, "declined", 130);
  assert.deepEqual(world.questions.asked, [releaseQuestion]);
  assert.deepEqual(
    lines.filter((line) => line.startsWith("build")),
    [],
  );
  assert.deepEqual(world.journal.calls, ["putObject", "deleteObject"]);
});

test("said no to a change: only the lease was written and given back", async () => {
  const world = await isUp();
  world.questions.isYes = false;
  const { error } = await converse(world.ports, withOtherHealth(request.application));
  assertUserError(error, "declined", 130);
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev"]);
  assert.deepEqual(world.journal.calls, ["putObject", "deleteObject"]);
});

for (const stack of ["collection", "environment"] as const) {
  test(`Terraform fails in the ${stack}: it is told, the lease is given back, and the same command completes it`, async () => {
    const world = await fakeAccount();
    world.terraform.failAfter = stack === "collection" ? 10 : 50;
    const { error, result } = await converse(world.ports);
    assertUserError(error, "terraform-failed", 1);
    assert.equal(result, undefined);
    assert.deepEqual(leases(world), []);
    world.terraform.failAfter = undefined;
    const again = await converse(world.ports);
    assert.equal(again.result?.release, "v1");
    assert.equal((await plan(request, world.ports, () => {})).hasChanges, false);
  });
}

test("a build fails in a running environment: nothing that runs is touched", async () => {
  const world = await isUp();
  const ports: Ports = {
    ...world.ports,
    docker: {
      ...world.ports.docker,
      build: async () => {
        throw new UserError({ code: "command-failed", subject: "docker build", message: "It broke." });
      },
    },
  };
  const { error } = await converse(ports, withOtherHealth(request.application));
  assertUserError(error, "command-failed", 1);
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev"]);
});

test("another run holds the lease: try again later, with its owner's name", async () => {
  const world = await isUp();
  const now = world.ports.clock.now().toISOString();
  const lease = { user: "bob", host: "server", pid: 7, since: now, heartbeat: now };
  world.s3.objects.set(`${stateBucket}/shop/default/leases/dev.json`, JSON.stringify(lease));
  const { error } = await converse(world.ports);
  assertUserError(error, "lease-held", 75);
  assert.match(String(error), /bob on server \(process 7\)/);
  assert.deepEqual(world.terraform.calls, []);
});

test("a run whose lease was taken while it built changes nothing more", async () => {
  const world = await isUp();
  const other = JSON.stringify({ user: "bob", host: "server", pid: 7, since: "now", heartbeat: "now" });
  const run = up({ application: withOtherHealth(request.application) }, world.ports, (event) => {
    if (event.type === "step-finished" && event.id === "build/web")
      world.s3.objects.set(`${stateBucket}/shop/default/leases/dev.json`, other);
  });
  await assert.rejects(run, (error) => {
    assertUserError(error, "lease-lost", 75);
    return true;
  });
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev"]);
});

test("secrets of an environment that was destroyed are restored once it is agreed to, and taken over", async () => {
  const world = await isUp();
  const held = world.terraform.held.get("/work/shop/default/environments/dev");
  const { name } = JSON.parse(held?.get("aws_secretsmanager_secret.token_cache") ?? "{}");
  await destroyEnvironment(request, world.ports, () => {});
  const Tags = world.secrets.tags.values().next().value ?? [];
  await world.secrets.client.createSecret({ Name: name, SecretString: "old", Tags: [...Tags] });
  world.secrets.waiting.add(name);
  world.terraform.calls.length = 0;
  world.questions.asked.length = 0;
  await up(request, world.ports, () => {});
  assert.deepEqual([...world.secrets.waiting], []);
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev", "plan dev", "apply dev"]);
  assert.deepEqual(
    world.questions.asked,
    ["Make these 70 changes, then release to default/dev?"],
    "taking over was agreed to already",
  );
});

test("a second environment leaves the first one's plan alone, and owns the next block of priorities", async () => {
  const world = await isUp();
  const [collection] = request.application.collections;
  const [dev] = collection?.environments ?? [];
  assert.ok(collection !== undefined && dev !== undefined);
  const both = { ...collection, environments: [dev, { ...dev, name: "qa" }] };
  const application = { ...request.application, collections: [both] };
  const withoutSecrets = changeShop(application, (service) =>
    "secrets" in service ? { ...service, secrets: [] } : service,
  );
  const { environment } = await plan({ application, environment: "dev" }, world.ports, () => {});
  assert.deepEqual(environment, []);
  world.journal.calls.length = 0;
  await plan({ application: withoutSecrets, environment: "qa" }, world.ports, () => {});
  assert.deepEqual(world.journal.calls, [], "looking claims no block");
  await up({ application: withoutSecrets, environment: "qa" }, world.ports, () => {});
  assert.equal(world.s3.objects.get("artifacts/priorities/1"), "dev");
  assert.equal(world.s3.objects.get("artifacts/priorities/2"), "qa");
});

test("what holds data is not removed because the file no longer names it", async () => {
  const world = await isUp();
  const held = world.terraform.held.get("/work/shop/default/environments/dev");
  held?.set("aws_db_instance.old", "{}");
  const { error } = await converse(world.ports);
  assertUserError(error, "would-lose-data", 1);
  assert.deepEqual(world.terraform.calls, ["plan collection", "plan dev"]);
});

test("interrupted: it stops between two parts, and what is done stands", async () => {
  const world = await fakeAccount();
  const interrupt = new AbortController();
  const run = up({ ...request, signal: interrupt.signal }, world.ports, (event) => {
    if (event.type === "step-finished" && event.id === "apply/collection") interrupt.abort();
  });
  await assert.rejects(run, (error) => {
    assertUserError(error, "interrupted", 130);
    return true;
  });
  assert.deepEqual(world.terraform.calls, ["plan collection", "apply collection"]);
  assert.deepEqual(leases(world), []);
});

function leases(world: FakeAccount): readonly string[] {
  return [...world.s3.objects.keys()].filter((key) => /lease/.test(key));
}
