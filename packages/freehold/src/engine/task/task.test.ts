import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import { type FakeWorld, fakeWorld } from "../testing/fake-ports.ts";
import { createTranscript } from "../testing/transcript.ts";
import { type OneOffTask, runTask } from "./task.ts";
import { describeRevision } from "./task-definition.ts";

async function once(world: FakeWorld, changes: Partial<OneOffTask> = {}): Promise<OneOffTask> {
  const options = { "awslogs-group": "/shop/api", "awslogs-stream-prefix": "tasks" };
  const container = { name: "api", logConfiguration: { logDriver: "awslogs" as const, options } };
  world.ecs.revisions.set("api:1", { containers: [container], tags: [] });
  const revision = await describeRevision("api:1", world.ports);
  const place = { cluster: "cluster", subnets: ["subnet"], securityGroup: "sg" };
  return { ...place, revision, container: "api", startedBy: "freehold/run/ada", source: "api", ...changes };
}

test("its lines are told as they are, and its exit code is the container's", async () => {
  const world = fakeWorld();
  world.lines.set("tasks/api/1", ["one\n", "two"]);
  world.ecs.exitCodes.set("node -e x", 7);
  const transcript = createTranscript();
  const task = await once(world, { command: ["node", "-e", "x"] });
  const result = await runTask(task, world.ports, transcript.emit);
  assert.equal(result.exitCode, 7);
  assert.deepEqual(transcript.lines(), ["api | one", "api | two"]);
  assert.deepEqual(world.ecs.ran, ["api:1 node -e x"]);
});

test("a task that cannot be placed is an error that may be tried again", async () => {
  const world = fakeWorld();
  const ecs = await world.ports.aws.ecs();
  const full = new Proxy(ecs, {
    get: (target, name) =>
      name === "runTask"
        ? async () => ({ tasks: [], failures: [{ reason: "RESOURCE:MEMORY" }] })
        : Reflect.get(target, name),
  });
  const ports = { ...world.ports, aws: { ...world.ports.aws, ecs: async () => full } };
  await assert.rejects(
    runTask(await once(world), ports, () => {}),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /RESOURCE:MEMORY/);
      assert.equal(error.exitCode, 75);
      return true;
    },
  );
});

test("an interrupted task is stopped, and waited for", async () => {
  const world = fakeWorld();
  const signal = AbortSignal.abort();
  const running = runTask(await once(world, { signal }), world.ports, () => {});
  await assert.rejects(running, (error) => error instanceof UserError && error.exitCode === 130);
  assert.deepEqual(world.journal.calls, ["runTask", "stopTask"]);
});
