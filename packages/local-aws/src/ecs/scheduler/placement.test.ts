import assert from "node:assert/strict";
import { test } from "node:test";
import { arnsOf } from "../arns.ts";
import { emptyState } from "../state.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import { deployment, service } from "../testing/records.ts";
import { applyDecision } from "./apply.ts";
import { decide } from "./decide.ts";

const arns = arnsOf({ region: "eu-central-1", accountId: "000000000000" });
const network = { awsvpcConfiguration: { subnets: ["subnet-1"] } };

function launch(memory: string, launchType?: "EC2") {
  const primary = deployment("new", { networkConfiguration: network, launchType });
  const one = service([primary], { desiredCount: 1 });
  const definition = { arn: primary.taskDefinition, family: "web", memory, containers: [] };
  // What placement looks at; a whole task definition says much more.
  const taskDefinitions = { [primary.taskDefinition]: definition as unknown as TaskDefinition };
  const state = { ...emptyState, services: { service: one }, taskDefinitions };
  const applied = applyDecision(state, { arns, capacity: { memory: 8192 } }, decide(one, [], 1000), 1000);
  const { events, deployments } = applied.state.services["service"] ?? one;
  return { started: applied.started.length, event: events[0]?.message, failed: deployments[0]?.failedTasks };
}

test("a task that this machine can hold is started", () => {
  const { started, event, failed } = launch("8192");
  assert.deepEqual([started, failed], [1, 0]);
  assert.match(event ?? "", /has started 1 tasks/);
});

const refused = [
  ["larger than this machine", launch("16384"), /unable to place a task\. Reason: Capacity is unavailable/],
  ["without an instance", launch("512", "EC2"), /No Container Instances were found/],
] as const;

for (const [what, { started, event, failed }, message] of refused) {
  test(`a task ${what} finds no place: an event says so, and the breaker counts it`, () => {
    assert.deepEqual([started, failed], [0, 1]);
    assert.match(event ?? "", message);
  });
}
