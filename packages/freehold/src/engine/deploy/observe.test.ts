import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "@aws-sdk/client-ecs";
import { fakeWorld } from "../testing/fake-ports.ts";
import { observeRollout } from "./observe.ts";

const noRoom =
  "(service api) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later.";

/** Seconds after the fake clock's beginning, newest event first. */
async function unplaced(...events: readonly (readonly [seconds: number, message: string])[]) {
  const { ports } = fakeWorld();
  const at = (seconds: number) => new Date(ports.clock.now().getTime() + seconds * 1000);
  const service: Service = {
    status: "ACTIVE",
    deployments: [
      { id: "old", status: "PRIMARY", createdAt: at(-900) },
      { id: "new", status: "ACTIVE", createdAt: at(-60) },
    ],
    events: events.map(([seconds, message]) => ({ createdAt: at(seconds), message })),
  };
  const ecs = { describeServices: async () => ({ services: [service] }), listTasks: async () => ({}) };
  // What a rollout asks of ECS.
  const aws = { ...ports.aws, ecs: async () => ecs as unknown as Awaited<ReturnType<typeof ports.aws.ecs>> };
  return (await observeRollout({ cluster: "cluster", service: "api" }, { ...ports, aws })).unplaced;
}

test("since when there is no room: the first event of it since the newest deployment began", async () => {
  assert.deepEqual(await unplaced([-10, noRoom], [-30, noRoom], [-600, noRoom]), {
    reason:
      "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later.",
    seconds: 30,
  });
});

test("what stops a task is told by the task", async () => {
  const pull = "(service api) was unable to place a task. Reason: CannotPullContainerError: not found.";
  assert.equal(await unplaced([-10, pull], [-20, "(service api) has started 1 tasks: (task 1)."]), undefined);
});
