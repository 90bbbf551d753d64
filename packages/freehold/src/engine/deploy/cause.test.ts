import assert from "node:assert/strict";
import { test } from "node:test";
import type { StoppedContainer, StoppedTask } from "../task/stopped-task.ts";
import { causeOfStop, explainCause, isPassing, type RolloutCause } from "./cause.ts";

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
const unwell = task("ServiceSchedulerInitiated", "Task failed container health checks");
const exit = task("EssentialContainerExited", "Essential container in task exited", { exitCode: 1 });
const clean = task("EssentialContainerExited", "Essential container in task exited", { exitCode: 0 });
const killed = task("EssentialContainerExited", "Essential container in task exited", { exitCode: 137 });
const capacity = task("TaskFailedToStart", "Capacity is unavailable at this time.");
const unknown = task("TaskFailedToStart", "Timeout waiting for network interface provisioning to complete.");
const command = task("TaskFailedToStart", "CannotStartContainerError: exec: srver: not found in $PATH");
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
  ["one failure to start may be bad luck", [unknown], undefined],
  ["two failures to start are not", [unknown, unknown], "start"],
  ["no capacity may pass", [capacity], undefined],
  ["no capacity twice does not", [capacity, capacity], "capacity"],
  ["a command that is not there, at once", [command], "container"],
  ["tasks that are no longer wanted do not count", [unwanted, unwanted], undefined],
  ["what is decisive goes before what came first", [exit, exit, memory], "memory"],
];

for (const [name, stopped, kind] of rows) {
  test(name, () => assert.equal(causeOfStop(stopped)?.kind, kind));
}

function told(...stopped: readonly StoppedTask[]): string {
  const { message, hint } = explainCause(
    { service: "api", memory: 512 },
    causeOfStop(stopped) ?? assert.fail("no cause was found"),
  );
  return `${message}\n${hint}`;
}

const words: readonly (readonly [string, readonly StoppedTask[], RegExp])[] = [
  ["an image", [pull], /^The image cannot be pulled: .*sha256:1: not found\n`freehold up` pushes/],
  ["a secret", [secret], /^A secret cannot be read: .*\n`freehold secrets ls`/],
  ["memory", [memory], /^It needs more memory than the 512 MiB .* killed\.\n.*limits\.memory: 1024m$/],
  [
    "health",
    [unhealthy],
    /^It runs, but does not pass its health check: .*\n.*services\.api\.x-freehold\.health/,
  ],
  [
    "the container's own check",
    [unwell],
    /does not pass its health check: .*\n.*services\.api\.healthcheck,/,
  ],
  [
    "capacity",
    [capacity, capacity],
    /^AWS has no room for its task: Capacity is unavailable.*\nTry again later/,
  ],
  ["a command", [command, command], /^Its container cannot be started: .*srver.*\n.*services\.api\.command/],
  ["an unknown start", [unknown, unknown], /^Its task cannot start: Timeout/],
  ["an exit", [exit, exit], /^It ended with exit code 1, and again .*\n`freehold logs api`/],
  ["a clean exit", [clean, clean], /exit code 0, .*\nA service has to keep running/],
  ["a kill", [killed, killed], /exit code 137 \(killed\), and again/],
];

for (const [what, stopped, pattern] of words) {
  test(`${what} is told in the reader's words, with the way out`, () =>
    assert.match(told(...stopped), pattern));
}

test("what ECS says of no task is told as well", () => {
  const causes: readonly (readonly [RolloutCause, RegExp])[] = [
    [
      { kind: "unplaced", reason: "Capacity is unavailable" },
      /no place for its tasks: Capacity is unavailable/,
    ],
    [{ kind: "overruled", reason: "tasks failed to start" }, /gave the deployment up: tasks failed/],
    [{ kind: "timeout", message: "running 0/1" }, /did not become steady: running 0\/1/],
  ];
  for (const [cause, pattern] of causes) {
    assert.match(explainCause({ service: "api" }, cause).message, pattern);
  }
});

test("only what another attempt may find otherwise is worth one", () => {
  const passing = [pull, secret, memory, unhealthy].map((one) => isPassing({ kind: "image", task: one }));
  assert.deepEqual(passing, [false, false, false, false]);
  assert.equal(isPassing({ kind: "capacity", task: capacity }), true);
  assert.equal(isPassing({ kind: "unplaced", reason: "" }), true);
});
