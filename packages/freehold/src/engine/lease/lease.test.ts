import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { FakeAwsError, Killed } from "../testing/fake-client.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import type { Lease } from "./decision.ts";
import { clearDeadLease, withLease } from "./lease.ts";

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
  return withProcesses(world, (pid) => alive.includes(pid));
}

function withProcesses({ ports }: FakeWorld, isAlive: (pid: number) => boolean): Ports {
  return { ...ports, processes: { startOf: async (pid) => (isAlive(pid) ? `start of ${pid}` : undefined) } };
}

const silent = () => {};

function lock(world: FakeWorld, who: string, seconds: number): void {
  world.s3.objects.set(lockPlace, JSON.stringify({ ID: "1", Who: who, Created: at(world.ports, seconds) }));
}

async function ownerWhile(world: FakeWorld, ports: Ports): Promise<string> {
  return withLease(request, ports, silent, async () => {
    const lease: Lease = JSON.parse(world.s3.objects.get(place) ?? "{}");
    return `${lease.user} ${lease.pid}`;
  });
}

test("a free lease is taken, and given back whether the run ends well or not", async () => {
  const world = fakeWorld();
  assert.equal(await ownerWhile(world, world.ports), "ada 1");
  const run = withLease(request, world.ports, silent, () => Promise.reject(new FakeAwsError("Broken")));
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

/** A lease of a dead run of this host whose Terraform, process 8, may still work and holds the lock. */
function orphaned(who = "bob@laptop", seconds = -50): FakeWorld {
  const since = at(fakeWorld().ports, -60);
  const world = heldBy({ silence: 3, terraform: { pid: 8, started: "start of 8", since } });
  lock(world, who, seconds);
  return world;
}

const note = "states/dev.tfstate.broken-off";

test("a dead run's Terraform is waited for; when it gives its lock back, nothing was broken off", async () => {
  const world = orphaned();
  let looks = 0;
  const isAlive = (pid: number) => {
    looks += pid === 8 ? 1 : 0;
    if (looks === 4) world.s3.objects.delete(lockPlace);
    return pid === 8 && looks < 4;
  };
  assert.equal(await ownerWhile(world, withProcesses(world, isAlive)), "ada 1");
  assert.equal(looks, 4);
  assert.ok(!world.s3.objects.has(note));
});

test("the lock of a Terraform that died is removed, and it is noted that it was broken off", async () => {
  const world = orphaned();
  await ownerWhile(world, withAlive(world, []));
  assert.ok(!world.s3.objects.has(lockPlace));
  assert.ok(world.s3.objects.has(note));
});

test("a process that took over the number of an ended Terraform is no reason to wait", async () => {
  const world = orphaned();
  const processes = { startOf: async (pid: number) => (pid === 8 ? "another start" : undefined) };
  assert.equal(await ownerWhile(world, { ...world.ports, processes }), "ada 1");
});

test("a process that took over the number of a dead run does not hold its lease", async () => {
  const world = heldBy({ silence: 3, started: "another start" });
  assert.equal(await ownerWhile(world, withAlive(world, [7])), "ada 1");
});

for (const [name, who, seconds] of [
  ["of another host", "bob@server", -50],
  ["of another user", "eve@laptop", -50],
  ["from before its Terraform", "bob@laptop", -70],
] as const) {
  test(`a lock ${name} stays`, async () => {
    const world = orphaned(who, seconds);
    await ownerWhile(world, withAlive(world, []));
    assert.ok(world.s3.objects.has(lockPlace));
  });
}

test("a run that is killed before it has cleared what it took over leaves it to the next", async () => {
  for (const failAt of [1, 2]) {
    const world = orphaned();
    world.journal.failAt = failAt;
    await assert.rejects(ownerWhile(world, withAlive(world, [])), Killed);
    assert.ok(world.s3.objects.has(lockPlace), `killed at call ${failAt}`);
    delete world.journal.failAt;
    await world.ports.clock.sleep(1_000);
    await ownerWhile(world, withAlive(world, []));
    assert.ok(!world.s3.objects.has(lockPlace) && world.s3.objects.has(note), `killed at call ${failAt}`);
  }
});

/** The same on another host, where only the lock tells; the run was last heard of ten minutes ago. */
function orphanedElsewhere(seconds: number): FakeWorld {
  const { ports } = fakeWorld();
  const terraform = { pid: 8, started: "start of 8", since: at(ports, seconds - 10) };
  const world = heldBy({ silence: 600, host: "server", terraform });
  lock(world, "bob@server", seconds);
  return world;
}

test("another host's Terraform keeps the lease while its lock is there, and the way out is told", async () => {
  const world = orphanedElsewhere(-600);
  const began = world.ports.clock.now().getTime();
  await assert.rejects(
    ownerWhile(world, world.ports),
    /s3:\/\/states\/dev\.tfstate\.tflock, which may be removed/,
  );
  const minutes = (world.ports.clock.now().getTime() - began) / 60_000;
  assert.ok(minutes > 15 && minutes < 16, `waited ${minutes} minutes`);
  assert.ok(world.s3.objects.has(lockPlace));
});

test("once that lock is gone, or older than any apply, the lease is taken over as broken off", async () => {
  for (const change of ["removed", "old"] as const) {
    const world = orphanedElsewhere(change === "old" ? -4 * 3_600 : -600);
    if (change === "removed") world.s3.objects.delete(lockPlace);
    await ownerWhile(world, world.ports);
    assert.deepEqual([world.s3.objects.has(lockPlace), world.s3.objects.has(note)], [false, true], change);
  }
});

test("waiting for a dead run's Terraform can be interrupted", async () => {
  const world = orphaned();
  const ports = withAlive(world, [8]);
  const interrupt = new AbortController();
  const run = withLease(
    { ...request, signal: interrupt.signal },
    ports,
    () => interrupt.abort(),
    async () => {},
  );
  await assert.rejects(run, (error) => error instanceof UserError && error.exitCode === 130);
});

test("a dead run's lease is cleared without being needed; a living run's is left alone", async () => {
  const dead = orphaned();
  await clearDeadLease(request, withAlive(dead, []), silent);
  assert.deepEqual([...dead.s3.objects.keys()], [note]);
  const living = orphaned();
  await clearDeadLease(request, withAlive(living, [7]), silent);
  assert.deepEqual([...living.s3.objects.keys()], [place, lockPlace]);
});

test("a Terraform that dies while its run lives leaves no lock, and it is noted", async () => {
  const world = fakeWorld();
  const run = withLease(request, world.ports, silent, (lease) =>
    lease.withTerraform(async (onStart) => {
      await onStart(99);
      lock(world, "ada@laptop", 1);
      throw new FakeAwsError("Died");
    }),
  );
  await assert.rejects(run, /Died/);
  assert.deepEqual([...world.s3.objects.keys()], [note]);
});

test("the lock that a Terraform waited for in vain is another's, and stays", async () => {
  const world = fakeWorld();
  const run = withLease(request, world.ports, silent, (lease) =>
    lease.withTerraform(async (onStart) => {
      await onStart(99);
      lock(world, "ada@laptop", 1);
      throw new UserError({ code: "terraform-busy", subject: "", message: "It is locked." });
    }),
  );
  await assert.rejects(run, /It is locked/);
  assert.deepEqual([...world.s3.objects.keys()], [lockPlace]);
});

test("a Terraform that cannot be written down does not begin", async () => {
  const world = fakeWorld();
  const other = JSON.stringify({ user: "bob", host: "server", pid: 7, since: "later", heartbeat: "later" });
  let hasBegun = false;
  const run = withLease(request, world.ports, silent, (lease) => {
    world.s3.objects.set(place, other);
    return lease.withTerraform(async (onStart) => {
      await onStart(99);
      hasBegun = true;
    });
  });
  await assert.rejects(run, (error) => error instanceof UserError && error.exitCode === 75);
  assert.equal(hasBegun, false);
});

test("the Terraform that runs is in the lease before it begins, and no more once it has ended", async () => {
  const world = fakeWorld();
  const seen: unknown[] = [];
  const look = () => seen.push(JSON.parse(world.s3.objects.get(place) ?? "{}").terraform?.pid);
  await withLease(request, world.ports, silent, async (lease) => {
    await lease.withTerraform(async (onStart) => {
      await onStart(99);
      look();
    });
    await lease.demand();
    look();
  });
  assert.deepEqual(seen, [99, undefined]);
});

test("a run whose lease was taken learns it before its next change, and leaves the other's lease alone", async () => {
  const world = fakeWorld();
  const other = JSON.stringify({ user: "bob", host: "server", pid: 7, since: "later", heartbeat: "later" });
  const run = withLease(request, world.ports, silent, async (lease) => {
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
  assert.equal(
    await withLease(request, ports, silent, async (lease) => lease.demand().then(() => "done")),
    "done",
  );
  assert.ok(!world.s3.objects.has(place));
});

test("an object that is no lease is left alone", async () => {
  const world = fakeWorld();
  world.s3.objects.set(place, "{}");
  await assert.rejects(ownerWhile(world, world.ports), /should be a lease/);
  assert.equal(world.s3.objects.get(place), "{}");
});
