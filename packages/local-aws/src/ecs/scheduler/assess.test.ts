import assert from "node:assert/strict";
import { test } from "node:test";
import type { Task, TaskContainer } from "../tasks/task.ts";
import { task } from "../testing/records.ts";
import { assess, settleMilliseconds, targetKey } from "./assess.ts";

const container = (health: TaskContainer["health"]): TaskContainer => ({
  name: "main",
  arn: "",
  image: "",
  lastStatus: "RUNNING",
  health,
  checked: true,
  essential: true,
  cpu: 0,
});
const balanced = { loadBalancers: [{ targetGroupArn: "group", containerName: "main", containerPort: 80 }] };
const checked = (health: TaskContainer["health"]) => ({ containers: [container(health)] });

const rows: readonly (readonly [
  says: string,
  task: Partial<Task>,
  target: string,
  ran: number,
  grace: number,
  kind: string,
])[] = [
  ["starting until it runs", { lastStatus: "ACTIVATING" }, "", 0, 0, "starting"],
  ["stopping once told", { desiredStatus: "STOPPED" }, "", 9e6, 0, "stopping"],
  ["unproven while young, when nobody checks", {}, "", settleMilliseconds - 1, 0, "settling"],
  ["healthy after a while, when nobody checks", {}, "", settleMilliseconds, 0, "healthy"],
  ["healthy when its target is", balanced, "healthy", 0, 60, "healthy"],
  ["unproven while its target is new", balanced, "initial", 9e6, 0, "settling"],
  ["unproven while nobody knows its target", balanced, "", 9e6, 0, "settling"],
  ["unhealthy when its target is", balanced, "unhealthy", 0, 0, "unhealthy"],
  ["excused inside the grace period", balanced, "unhealthy", 59_999, 60, "settling"],
  ["unhealthy after the grace period", balanced, "unhealthy", 60_000, 60, "unhealthy"],
  ["healthy when its container is", checked("HEALTHY"), "", 0, 0, "healthy"],
  ["unproven before the first check", checked("UNKNOWN"), "", 9e6, 0, "settling"],
  ["unhealthy when its container is", checked("UNHEALTHY"), "", 9e6, 0, "unhealthy"],
  [
    "healthy only when container and target are",
    { ...balanced, ...checked("UNKNOWN") },
    "healthy",
    9e6,
    0,
    "settling",
  ],
];

for (const [says, changes, target, ran, grace, kind] of rows) {
  test(`a task is ${says}`, () => {
    const targets = new Map(target === "" ? [] : [[targetKey("group", "10.0.0.1", 80), target]]);
    assert.equal(assess(task("a", changes), targets, grace, ran).kind, kind);
  });
}
