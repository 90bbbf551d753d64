import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { FakeAwsError } from "../testing/fake-client.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import type { Lease } from "./decision.ts";
import { withLease } from "./lease.ts";

const request = { bucket: "states", key: "lease.json", stateKey: "dev.tfstate", subject: "default/dev" };
const place = "states/lease.json";
const lockPlace = "states/dev.tfstate.tflock";

function at(ports: Ports, seconds: number): string {
  return new Date(ports.clock.now().getTime() + seconds * 1000).toISOString();
}

/** A world in which somebody else holds the lease; `laptop` is our own host. */
function heldBy(other: Partial<Lease> & { readonly silence: number }): FakeWorld {
  const world = fakeWorld();
  const { silence, ...rest } = other;
  const lease = { user: "bob", host: "laptop", pid: 7, since: at(world.ports, -600) };
  world.s3.objects.set(place, JSON.stringify({ ...lease, heartbeat: at(world.ports, -silence), ...rest }));
  return world;
}

function withAlive(world: FakeWorld, alive: readonly number[]): Ports {
  return { ...world.ports, isAlive: (pid) => alive.includes(pid) };
}

function lock(world: FakeWorld, who: string, seconds: number): void {
  world.s3.objects.set(lockPlace, JSON.stringify({ ID: "1", Who: who, Created: at(world.ports, seconds) }));
}

async function ownerWhile(world: FakeWorld, ports: Ports): Promise<string> {
  return withLease(request, ports, async () => {
    const lease: Lease = JSON.parse(world.s3.objects.get(place) ?? "{}");
    return `${lease.user} ${lease.pid}`;
  });
}

test("a free lease is taken, and given back whether the run ends well or not", async () => {
  const world = fakeWorld();
  assert.equal(await ownerWhile(world, world.ports), "ada 1");
  const run = withLease(request, world.ports, () => Promise.reject(new FakeAwsError("Broken")));
  await assert.rejects(run, /Broken/);
  assert.ok(!world.s3.objects.has(place));
});

const rows: readonly (readonly [string, Partial<Lease> & { silence: number }, readonly number[], boolean])[] =
  [
    ["a run of this host that lives", { silence: 3 }, [7], false],
    ["a run of this host whose process is gone", { silence: 3 }, [], true],
    ["a run of this host that has fallen silent", { silence: 31 }, [7], true],
    ["a run of another host that lives", { silence: 3, host: "server" }, [], false],
    ["a run of another host that has fallen silent", { silence: 31, host: "server" }, [], true],
  ];

for (const [name, other, alive, isTaken] of rows) {
  test(`${name}: ${isTaken ? "taken over" : "held, and its owner named"}`, async () => {
    const world = heldBy(other);
    const run = ownerWhile(world, withAlive(world, alive));
    if (isTaken) return assert.equal(await run, "ada 1");
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof UserError && error.exitCode === 75);
      assert.match(error.message, /^bob on /);
      return true;
    });
  });
}

test("silence by another host's clock alone is not believed: who beats meanwhile is alive", async () => {
  const world = heldBy({ silence: 31, host: "server" });
  const { clock } = world.ports;
  const beating = async (milliseconds: number) => {
    const lease: Lease = JSON.parse(world.s3.objects.get(place) ?? "{}");
    world.s3.objects.set(place, JSON.stringify({ ...lease, heartbeat: "2025-12-31T23:00:00.000Z" }));
    await clock.sleep(milliseconds);
  };
  const ports = { ...world.ports, clock: { ...clock, sleep: beating } };
  await assert.rejects(ownerWhile(world, ports), /signs of life/);
});

test("a dead run's Terraform is waited for, and its lock removed", async () => {
  const world = heldBy({ silence: 3, terraformPid: 8 });
  lock(world, "bob@laptop", -60);
  let looks = 0;
  const isAlive = (pid: number) => {
    looks += pid === 8 ? 1 : 0;
    return pid === 8 && looks < 4;
  };
  assert.equal(await ownerWhile(world, { ...world.ports, isAlive }), "ada 1");
  assert.equal(looks, 4);
  assert.ok(!world.s3.objects.has(lockPlace));
});

test("a Terraform that does not end keeps the lease", async () => {
  const world = heldBy({ silence: 3, terraformPid: 8 });
  lock(world, "bob@laptop", -60);
  await assert.rejects(ownerWhile(world, withAlive(world, [8])), /its Terraform \(process 8\) still works/);
  assert.ok(world.s3.objects.has(lockPlace));
});

test("a process that took over the number of an ended Terraform is no reason to wait", async () => {
  const world = heldBy({ silence: 3, terraformPid: 8 });
  assert.equal(await ownerWhile(world, withAlive(world, [8])), "ada 1");
});

for (const [name, who, seconds] of [
  ["of another host", "bob@server", -60],
  ["from before the dead run", "bob@laptop", -6000],
] as const) {
  test(`a lock ${name} stays`, async () => {
    const world = heldBy({ silence: 3 });
    lock(world, who, seconds);
    await ownerWhile(world, withAlive(world, []));
    assert.ok(world.s3.objects.has(lockPlace));
  });
}

test("the Terraform that runs is written into the lease, and taken out when it has ended", async () => {
  const world = fakeWorld();
  const pids: unknown[] = [];
  const look = () => pids.push(JSON.parse(world.s3.objects.get(place) ?? "{}").terraformPid);
  await withLease(request, world.ports, async (lease) => {
    lease.terraformPid(99);
    await lease.demand();
    look();
    lease.terraformPid(undefined);
    await lease.demand();
    look();
  });
  assert.deepEqual(pids, [99, undefined]);
});

test("a run whose lease was taken learns it before its next change, and leaves the other's lease alone", async () => {
  const world = fakeWorld();
  const other = JSON.stringify({ user: "bob", host: "server", pid: 7, since: "later", heartbeat: "later" });
  const run = withLease(request, world.ports, async (lease) => {
    world.s3.objects.set(place, other);
    await lease.demand();
  });
  await assert.rejects(run, (error) => error instanceof UserError && error.exitCode === 75);
  assert.equal(world.s3.objects.get(place), other);
});

test("a write whose answer was lost, and that was repeated, does not lose the lease", async () => {
  const world = fakeWorld();
  const put = world.s3.client.putObject.bind(world.s3.client);
  const twice = async (input: Parameters<typeof put>[0]) => {
    await put(input);
    return put(input);
  };
  const client = new Proxy(world.s3.client, {
    get: (target, name) => (name === "putObject" ? twice : Reflect.get(target, name)),
  });
  const ports = { ...world.ports, aws: { ...world.ports.aws, s3: async () => client } };
  assert.equal(await withLease(request, ports, async (lease) => lease.demand().then(() => "done")), "done");
  assert.ok(!world.s3.objects.has(place));
});

test("an object that is no lease is left alone", async () => {
  const world = fakeWorld();
  world.s3.objects.set(place, "{}");
  await assert.rejects(ownerWhile(world, world.ports), /should be a lease/);
  assert.equal(world.s3.objects.get(place), "{}");
});
