import assert from "node:assert/strict";
import { test } from "node:test";
import { deployment, service, sightings, task } from "../testing/records.ts";
import { decide } from "./decide.ts";
import { breakerThreshold, countFailure, isFailure, mayLaunch } from "./failures.ts";

const breaking = (rollback: boolean) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } },
});
const old = deployment("old", { status: "ACTIVE", rolloutState: "COMPLETED", completed: true });
const failing = (failedTasks: number) =>
  deployment("new", { failedTasks, streak: failedTasks, lastFailureAt: 9900 });

test("the breaker trips at half the desired count, 3 at least and 200 at most", () => {
  const rows = [
    [0, 3],
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [1000, 200],
  ] as const;
  for (const [desired, threshold] of rows)
    assert.equal(breakerThreshold(desired), threshold, `desired ${desired}`);
});

test("launches wait 1 s, 2 s, 4 s … a minute at most", () => {
  const rows = [
    [0, 0],
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [6, 32_000],
    [7, 60_000],
    [40, 60_000],
  ] as const;
  for (const [streak, wait] of rows) {
    const one = deployment("new", { streak, lastFailureAt: 5000 });
    assert.equal(mayLaunch(one, 5000 + wait), true, `after ${wait} ms`);
    assert.equal(mayLaunch(one, 5000 + wait - 1), wait === 0, `before ${wait} ms`);
  }
});

test("a tripped breaker goes back to the deployment that completed", () => {
  const { service: after, messages } = decide(
    service([failing(3), old], breaking(true)),
    sightings("old:healthy", "old:healthy"),
    10_000,
  );
  assert.deepEqual(
    after.deployments.map(({ id, status, rolloutState }) => ({ id, status, rolloutState })),
    [
      { id: "old", status: "PRIMARY", rolloutState: "IN_PROGRESS" },
      { id: "new", status: "ACTIVE", rolloutState: "FAILED" },
    ],
  );
  assert.equal(after.taskDefinition, old.taskDefinition);
  assert.deepEqual(messages, [
    "(deployment new) deployment failed: tasks failed to start.",
    "rolling back to deployment old.",
  ]);
  const later = decide(after, sightings("old:healthy", "old:healthy"), 16_000).service;
  assert.deepEqual(
    later.deployments.map(({ id, rolloutState, rollback }) => ({ id, rolloutState, rollback })),
    [{ id: "old", rolloutState: "COMPLETED", rollback: undefined }],
  );
});

test("the breaker does not watch the deployment it goes back to", () => {
  const back = deployment("old", { completed: true, rollback: true, failedTasks: 9 });
  assert.equal(
    decide(service([back], breaking(true)), [], 10_000).service.deployments[0]?.rolloutState,
    "IN_PROGRESS",
  );
});

test("without a way back a failed deployment stays, and nothing more is started", () => {
  for (const [rollback, others] of [
    [false, [old]],
    [true, []],
  ] as const) {
    const { service: after, launch } = decide(
      service([failing(3), ...others], breaking(rollback)),
      [],
      20_000,
    );
    assert.deepEqual(
      [after.deployments[0]?.id, after.deployments[0]?.rolloutState, launch],
      ["new", "FAILED", 0],
    );
  }
});

test("below the threshold, or without a breaker, the deployment goes on", () => {
  for (const one of [service([failing(2), old], breaking(true)), service([failing(30), old])]) {
    assert.equal(decide(one, [], 10_000).service.deployments[0]?.rolloutState, "IN_PROGRESS");
  }
});

test("the breaker counts failures in a row: a healthy task forgives those before it", () => {
  const worn = service([failing(2), old], breaking(true));
  const [forgiven] = decide(worn, sightings("new:healthy", "new:unhealthy"), 10_000).service.deployments;
  assert.deepEqual([forgiven?.id, forgiven?.failedTasks], ["new", 0]);
  const [counted] = decide(worn, sightings("old:healthy", "new:settling"), 10_000).service.deployments;
  assert.equal(counted?.failedTasks, 2);
});

test("a dismissed unhealthy task counts; what the scheduler or a user stops does not", () => {
  const before = service([deployment("new")], { deploymentConfiguration: { maximumPercent: 100 } });
  const [counted] = decide(before, sightings("new:unhealthy", "new:settling"), 10_000).service.deployments;
  assert.deepEqual([counted?.failedTasks, counted?.streak, counted?.lastFailureAt], [1, 1, 10_000]);
  const stopped = (
    code: "EssentialContainerExited" | "TaskFailedToStart" | "UserInitiated" | "ServiceSchedulerInitiated",
  ) => isFailure(task("a", { stop: { code, reason: "" } }));
  assert.deepEqual(
    [
      stopped("EssentialContainerExited"),
      stopped("TaskFailedToStart"),
      stopped("UserInitiated"),
      stopped("ServiceSchedulerInitiated"),
    ],
    [true, true, false, false],
  );
});

test("after a deployment has completed failures only delay", () => {
  const done = service([deployment("new", { rolloutState: "COMPLETED", completed: true })], breaking(true));
  const [after] = countFailure(done, "new", 7).deployments;
  assert.deepEqual([after?.failedTasks, after?.streak], [0, 1]);
});
