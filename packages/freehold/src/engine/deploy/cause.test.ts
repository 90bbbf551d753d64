import assert from "node:assert/strict";
import { test } from "node:test";
import { causeOfStop, explainCause, type StoppedContainer, type StoppedTask } from "./cause.ts";

function task(code: string, reason: string, container: Partial<StoppedContainer> = {}): StoppedTask {
  return { arn: "task/1", code, reason, containers: [{ name: "api", ...container }] };
}

const pull = task(
  "TaskFailedToStart",
  "CannotPullContainerError: pull image manifest has been retried 5 time(s): registry/api@sha256:1: not found",
);
const login = task(
  "TaskFailedToStart",
  "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue.",
);
const secret = task(
  "TaskFailedToStart",
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s)",
);
const memory = task("EssentialContainerExited", "Essential container in task exited", {
  exitCode: 137,
  reason: "OutOfMemoryError: Container killed due to memory usage",
});
const unhealthy = task("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group arn:tg)");
const exit = task("EssentialContainerExited", "Essential container in task exited", { exitCode: 1 });
const capacity = task("TaskFailedToStart", "Capacity is unavailable at this time.");
const unwanted = task("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)", {
  exitCode: 143,
});

const rows: readonly (readonly [string, readonly StoppedTask[], string | undefined])[] = [
  ["nothing stopped", [], undefined],
  ["an image that cannot be pulled, at once", [pull], "image"],
  ["a registry out of reach, at once", [login], "image"],
  ["a secret that cannot be read, at once", [secret], "secret"],
  ["out of memory, at once", [memory], "memory"],
  ["a health check that fails, at once", [unhealthy], "health"],
  ["one exit may be bad luck", [exit], undefined],
  ["two exits are not", [exit, exit], "exit"],
  ["one failure to start may be bad luck", [capacity], undefined],
  ["two failures to start are not", [capacity, capacity], "start"],
  ["tasks that are no longer wanted do not count", [unwanted, unwanted], undefined],
  ["what is decisive goes before what came first", [exit, exit, memory], "memory"],
];

for (const [name, stopped, kind] of rows) {
  test(name, () => assert.equal(causeOfStop(stopped)?.kind, kind));
}

test("every cause is told in the reader's words, with the way out", () => {
  const told = [pull, secret, memory, unhealthy].map((one) =>
    explainCause("api", causeOfStop([one]) ?? fail()),
  );
  assert.deepEqual(
    told.map((one) => one.message.split(":")[0]),
    [
      "The image cannot be pulled",
      "A secret cannot be read",
      "The container ran out of memory and was killed.",
      "The container starts but does not pass its health check",
    ],
  );
  assert.ok(told.every((one) => one.hint !== ""));
  const ended = { kind: "exit", task: exit, exitCode: 0 } as const;
  assert.match(explainCause("api", ended).hint, /keep running/);
});

function fail(): never {
  return assert.fail("no cause was found");
}
