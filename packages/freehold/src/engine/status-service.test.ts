import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "@aws-sdk/client-ecs";
import { type RunningService, serviceStatus } from "./status-service.ts";

function service(
  running: number,
  desired: number,
  rolloutState: "COMPLETED" | "FAILED" | "IN_PROGRESS",
): Service {
  const deployment = { status: "PRIMARY", rolloutState, rolloutStateReason: `it is ${rolloutState}` };
  return { runningCount: running, desiredCount: desired, deployments: [deployment] };
}

function seen(changes: Partial<RunningService>): RunningService {
  return { service: undefined, running: [], stopped: [], targets: [], ...changes };
}

const rows: readonly (readonly [string, RunningService, string])[] = [
  ["all run", seen({ service: service(2, 2, "COMPLETED") }), "steady"],
  ["none is wanted", seen({ service: service(0, 0, "COMPLETED") }), "stopped"],
  ["one is missing", seen({ service: service(1, 2, "COMPLETED") }), "failing"],
  [
    "one is not healthy",
    seen({ service: service(1, 1, "COMPLETED"), targets: [{ state: "unhealthy" }] }),
    "failing",
  ],
  [
    "one is draining",
    seen({ service: service(1, 1, "COMPLETED"), targets: [{ state: "draining" }, { state: "healthy" }] }),
    "steady",
  ],
  ["it rolls", seen({ service: service(1, 2, "IN_PROGRESS") }), "moving"],
  [
    "what it replaces is ending",
    seen({ service: service(1, 1, "IN_PROGRESS"), targets: [{ state: "healthy" }, { state: "draining" }] }),
    "steady",
  ],
  [
    "it has just been started anew",
    seen({ service: service(1, 1, "COMPLETED"), targets: [{ state: "initial" }] }),
    "starting",
  ],
  ["ECS gave up", seen({ service: service(0, 2, "FAILED") }), "failing"],
  ["there is no such service", seen({}), "missing"],
];

for (const [name, given, state] of rows) {
  test(name, () => assert.equal(serviceStatus(given).state, state));
}

test("tasks that died are told newest first, with why; those that were no longer wanted are not", () => {
  const task = (arn: string, code: string, reason: string, exitCode: number) => ({
    arn: `task/${arn}`,
    code,
    reason,
    containers: [{ name: "api", exitCode }],
  });
  const stopped = [
    task("1", "EssentialContainerExited", "Essential container in task exited", 1),
    task("2", "ServiceSchedulerInitiated", "Scaling activity initiated by deployment", 143),
    task("3", "ServiceSchedulerInitiated", "Task failed ELB health checks in target-group", 143),
  ];
  assert.deepEqual(
    serviceStatus(seen({ stopped })).stopped.map((one) => [one.id, one.reason, one.exitCode]),
    [
      ["3", "did not pass its health check", 143],
      ["1", "ended with exit code 1", 1],
    ],
  );
});
