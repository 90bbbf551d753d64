import assert from "node:assert/strict";
import { test } from "node:test";
import { type DeploymentState, judgeRollout, type Rollout } from "./rollout.ts";

const own: DeploymentState = { id: "new", status: "PRIMARY", desired: 2, running: 2, rollout: "COMPLETED" };
const old: DeploymentState = { id: "old", status: "ACTIVE", desired: 0, running: 2, rollout: "COMPLETED" };

function rollout(deployments: readonly DeploymentState[], more: Partial<Rollout> = {}): Rollout {
  return { deployments, stopped: [], targets: [], ...more };
}

const stopped = {
  arn: "task/1",
  code: "EssentialContainerExited",
  reason: "exited",
  containers: [{ name: "api", exitCode: 1 }],
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
    "what ECS cannot place is told",
    rollout([{ ...own, running: 0, rollout: "IN_PROGRESS" }], {
      event: "(service api) was unable to place a task.",
    }),
    { kind: "waiting", message: "running 0/2, (service api) was unable to place a task." },
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
