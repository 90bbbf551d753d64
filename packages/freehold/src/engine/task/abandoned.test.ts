import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { createTranscript } from "../testing/transcript.ts";
import { endAbandonedTasks } from "./abandoned.ts";
import { isOfDeadRun, runMark } from "./run-mark.ts";

const request = { cluster: "main", families: ["shop-api", "shop-db"] };

function worldWith(startedBy: string, family = "shop-api"): FakeWorld {
  const world = fakeWorld();
  world.ecs.tasks.push({ taskArn: "task/1", group: `family:${family}`, startedBy, lastStatus: "RUNNING" });
  return world;
}

/** Runs it; `after` seconds of waiting the task ends by itself. */
async function end(world: FakeWorld, after: number, ports = world.ports) {
  const transcript = createTranscript();
  let waited = 0;
  const sleep = async () => {
    waited += 1;
    for (const task of world.ecs.tasks) if (waited === after) task.lastStatus = "STOPPED";
    assert.ok(waited <= after, "waits for ever");
  };
  await endAbandonedTasks(request, { ...ports, clock: { ...ports.clock, sleep } }, transcript.emit);
  return { waited, lines: transcript.lines() };
}

for (const startedBy of ["freehold/release/api", "freehold/seed/api", "freehold/database/db"]) {
  test(`${startedBy}: it is waited for, not stopped, so that no migration is cut`, async () => {
    const world = worldWith(startedBy, startedBy.endsWith("db") ? "shop-db" : "shop-api");
    const { waited, lines } = await end(world, 3);
    assert.equal(waited, 3);
    assert.deepEqual(world.journal.calls, []);
    assert.equal(lines.at(-1), "abandoned done");
  });
}

test("interrupted while waiting: they are stopped", async () => {
  const world = worldWith("freehold/release/api");
  const run = endAbandonedTasks({ ...request, signal: AbortSignal.abort() }, world.ports, () => {});
  await assert.rejects(run, (error) => error instanceof UserError && error.exitCode === 130);
  assert.equal(world.ecs.tasks[0]?.lastStatus, "STOPPED");
});

test("what others started is left alone: services, schedules, another environment", async () => {
  for (const startedBy of ["ecs-svc/1", "chronos-schedule/report", "jane"]) {
    const { waited, lines } = await end(worldWith(startedBy), 0);
    assert.deepEqual([waited, lines], [0, []], startedBy);
  }
  assert.equal((await end(worldWith("freehold/release/api", "shop-qa-api"), 0)).waited, 0);
});

/** Process 1 of the laptop, which runs the tests, began anew. */
function afterReboot({ ports }: FakeWorld): Ports {
  return { ...ports, processes: { startOf: async () => "a later start" } };
}

test("a task of `freehold run` is stopped once its process is gone, and only then", async () => {
  const mark = await runMark(fakeWorld().ports);
  const world = worldWith(mark);
  assert.deepEqual((await end(world, 0)).lines, [], "its process lives");
  assert.deepEqual(world.journal.calls, []);
  const { lines } = await end(world, 0, afterReboot(world));
  assert.deepEqual(world.journal.calls, ["stopTask"]);
  assert.deepEqual(lines, [`note ${mark} its process is gone; the task is stopped`]);
});

test("a mark tells host, process and beginning, in letters that ECS takes", async () => {
  const { ports } = fakeWorld();
  const odd = { ...ports, runner: { user: "ada@home", host: "ada's laptop.local".repeat(10), pid: 1 } };
  const mark = await runMark(odd);
  assert.match(mark, /^[A-Za-z0-9/_-]{1,128}$/);
  assert.equal(await isOfDeadRun(mark, odd), false);
  assert.equal(await isOfDeadRun(mark, { ...odd, processes: { startOf: async () => undefined } }), true);
  const elsewhere = { ...odd, runner: { ...odd.runner, host: "server" } };
  const gone = { ...elsewhere, processes: { startOf: async () => undefined } };
  assert.equal(await isOfDeadRun(mark, gone), false, "another host's processes cannot be known");
});
