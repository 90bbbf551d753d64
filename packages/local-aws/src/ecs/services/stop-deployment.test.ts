import assert from "node:assert/strict";
import { test } from "node:test";
import { arnsOf } from "../arns.ts";
import { type EcsState, emptyState } from "../state.ts";
import { deployment, service } from "../testing/records.ts";
import type { DeploymentRecord } from "./service-record.ts";
import { stoppedDeployment } from "./stop-deployment.ts";

const arns = arnsOf({ region: "eu-central-1", accountId: "000000000000" });
const old = deployment("ecs-svc/1", { status: "ACTIVE", rolloutState: "COMPLETED", completed: true });
const fresh = deployment("ecs-svc/2");
const serviceDeploymentArn = arns.serviceDeployment("cluster", "web", "2");

function stateWith(deployments: readonly (typeof fresh)[], status: DeploymentRecord["status"]): EcsState {
  const history = [{ id: "ecs-svc/2", taskDefinition: "definition-of-ecs-svc/2", status, createdAt: 0 }];
  return { ...emptyState, services: { service: service(deployments, { history }) } };
}

test("a stopped deployment goes back to the one that completed, which keeps its tasks", () => {
  const state = stateWith([fresh, old], "IN_PROGRESS");
  const after = stoppedDeployment(state, arns, { serviceDeploymentArn }, 10_000);
  assert.deepEqual(
    after.deployments.map(({ id, status, rolloutState }) => [id, status, rolloutState]),
    [
      ["ecs-svc/1", "PRIMARY", "IN_PROGRESS"],
      ["ecs-svc/2", "ACTIVE", "FAILED"],
    ],
  );
  assert.equal(after.taskDefinition, old.taskDefinition);
  assert.equal(after.history[0]?.status, "ROLLBACK_IN_PROGRESS");
  assert.match(after.events[0]?.message ?? "", /rolling back to deployment ecs-svc\/1/);
});

test("one that goes back already continues to", () => {
  const state = stateWith([fresh, old], "ROLLBACK_IN_PROGRESS");
  const after = stoppedDeployment(state, arns, { serviceDeploymentArn }, 10_000);
  assert.equal(after, state.services["service"]);
});

const refused = [
  ["one that has ended", stateWith([old], "SUCCESSFUL"), { serviceDeploymentArn }, "ConflictException"],
  ["a first one", stateWith([fresh], "IN_PROGRESS"), { serviceDeploymentArn }, "ConflictException"],
  [
    "an unknown one",
    stateWith([fresh, old], "IN_PROGRESS"),
    { serviceDeploymentArn: "arn" },
    "ServiceDeploymentNotFoundException",
  ],
  [
    "to leave it as it is",
    stateWith([fresh, old], "IN_PROGRESS"),
    { serviceDeploymentArn, stopType: "ABORT" as const },
    "UnsupportedFeatureException",
  ],
] as const;

for (const [what, state, input, code] of refused) {
  test(`stopping refuses ${what}`, () => {
    assert.throws(() => stoppedDeployment(state, arns, input, 10_000), { code });
  });
}
