import assert from "node:assert/strict";
import { test } from "node:test";
import { type DeploymentState, judgeReturn, judgeRollout, judgeTakeover, type Rollout } from "./rollout.ts";

const own: DeploymentState = {
  id: "new",
  status: "PRIMARY",
  taskDefinition: "api:2",
  desired: 2,
  running: 2,
  rollout: "COMPLETED",
};
const old: DeploymentState = { ...own, id: "old", status: "ACTIVE", taskDefinition: "api:1", desired: 0 };

function rollout(deployments: readonly DeploymentState[], more: Partial<Rollout> = {}): Rollout {
  return { deployments, stopped: [], targets: [], overdue: [], ...more };
}

const stopped = {
  arn: "task/1",
  code: "EssentialContainerExited",
  reason: "exited",
  containers: [{ name: "api", exitCode: 1 }],
  startedBy: "new",
  stoppedAt: 2000,
};

const rows: readonly (readonly [string, Rollout, object])[] = [
  ["complete and alone: steady", rollout([own]), { kind: "steady" }],
  [
    "complete while the old one still runs: waiting",
    rollout([own, old]),
    { kind: "waiting", message: "running 2/2, 2 of before still up" },
  ],
  [
    "complete with fewer tasks than wanted: waiting",
    rollout([{ ...own, running: 1 }]),
    { kind: "waiting", message: "running 1/2" },
  ],
  [
    "targets are counted",
    rollout([{ ...own, rollout: "IN_PROGRESS" }], {
      targets: [{ state: "healthy" }, { state: "initial" }],
    }),
    { kind: "waiting", message: "running 2/2, healthy 1/2" },
  ],
  [
    "requests that are still at the old one are told",
    rollout([{ ...own, rollout: "IN_PROGRESS" }], {
      targets: [{ state: "healthy" }, { state: "draining" }],
    }),
    { kind: "waiting", message: "running 2/2, healthy 1/1, requests of before are ending" },
  ],
  [
    "a target that is not well is told with what was found",
    rollout([{ ...own, rollout: "IN_PROGRESS" }], {
      targets: [{ state: "healthy" }, { state: "unhealthy", reason: "Request timed out" }],
    }),
    { kind: "waiting", message: "running 2/2, healthy 1/2, Request timed out" },
  ],
  [
    "what ECS cannot place is told, and may pass",
    rollout([{ ...own, running: 0, rollout: "IN_PROGRESS" }], {
      unplaced: { reason: "was unable to place a task.", seconds: 44 },
    }),
    { kind: "waiting", message: "running 0/2, was unable to place a task." },
  ],
  [
    "what ECS cannot place for long is a failure",
    rollout([{ ...own, running: 0, rollout: "IN_PROGRESS" }], {
      unplaced: { reason: "was unable to place a task.", seconds: 45 },
    }),
    { kind: "failed", cause: { kind: "unplaced", reason: "was unable to place a task." } },
  ],
  [
    "a task that is unhealthy after its grace period does not wait for ECS",
    rollout([{ ...own, rollout: "IN_PROGRESS" }], { overdue: [{ arn: "task/2", startedBy: "new" }] }),
    { kind: "failed", cause: { kind: "unhealthy", taskArn: "task/2" } },
  ],
  [
    "one of the old deployment does not end the new one",
    rollout([{ ...own, rollout: "IN_PROGRESS" }], { overdue: [{ arn: "task/2", startedBy: "old" }] }),
    { kind: "waiting", message: "running 2/2" },
  ],
  [
    "ECS's breaker gave it up for lack of room",
    rollout([{ ...own, running: 0, rollout: "FAILED" }], {
      unplaced: { reason: "was unable to place a task.", seconds: 4 },
    }),
    { kind: "failed", cause: { kind: "unplaced", reason: "was unable to place a task." } },
  ],
  [
    "tasks of an earlier deployment do not count",
    rollout([own], { stopped: [1, 2].map(() => ({ ...stopped, startedBy: "old" })) }),
    { kind: "steady" },
  ],
  ["no tasks wanted, none there: steady", rollout([{ ...own, desired: 0, running: 0 }]), { kind: "steady" }],
  [
    "ECS's breaker gave it up",
    rollout([{ ...own, rollout: "FAILED", rolloutReason: "tasks failed to start" }]),
    { kind: "failed", cause: { kind: "overruled", reason: "tasks failed to start" } },
  ],
  [
    "ECS rolled it back: another deployment is the primary one",
    rollout([
      { ...own, status: "ACTIVE" },
      { ...old, status: "PRIMARY", rolloutReason: "circuit breaker: rolling back" },
    ]),
    { kind: "failed", cause: { kind: "overruled", reason: "circuit breaker: rolling back" } },
  ],
  [
    "tasks that keep ending go before everything",
    rollout([own], { stopped: [stopped, stopped] }),
    { kind: "failed", cause: { kind: "exit", task: stopped, exitCode: 1 } },
  ],
];

for (const [name, seen, verdict] of rows) {
  test(name, () => assert.deepEqual(judgeRollout(seen, "new"), verdict));
}

const back = { ...old, status: "PRIMARY", desired: 2, rollout: "IN_PROGRESS" };
const died = { ...stopped, startedBy: "old" };
const returns: readonly (readonly [string, Rollout, object])[] = [
  ["the new one is still the primary", rollout([own, old]), { kind: "waiting", message: "ECS turns back" }],
  ["its tasks run, the new ones are still stopping", rollout([back, own]), { kind: "steady" }],
  ["a task is missing", rollout([{ ...back, running: 1 }]), { kind: "waiting", message: "running 1/2" }],
  [
    "a target is not healthy yet",
    rollout([back], { targets: [{ state: "healthy" }, { state: "initial" }] }),
    { kind: "waiting", message: "running 2/2, healthy 1/2" },
  ],
  [
    "what died before it was put back does not count",
    rollout([back], { stopped: [died, died] }),
    { kind: "steady" },
  ],
  [
    "its tasks die now",
    rollout([back], { stopped: [3000, 3001].map((stoppedAt) => ({ ...died, stoppedAt })) }),
    { kind: "failed", cause: { kind: "exit", task: { ...died, stoppedAt: 3001 }, exitCode: 1 } },
  ],
];

for (const [name, seen, verdict] of returns) {
  test(`put back: ${name}`, () => assert.deepEqual(judgeReturn(seen, "api:1", 2500), verdict));
}

test("traffic is taken over once the new tasks are healthy and those of before are being drained", () => {
  const [well, leaving] = [{ state: "healthy" }, { state: "draining" }];
  const rolling = { ...own, rollout: "IN_PROGRESS" };
  const kind = (...targets: readonly { readonly state: string }[]) =>
    judgeTakeover(rollout([rolling], { targets }), "new").kind;
  assert.equal(kind(well, well, leaving), "steady");
  assert.equal(kind(well, well, well), "waiting", "one of before still gets requests");
  assert.equal(kind(well, { state: "initial" }, leaving), "waiting");
});
