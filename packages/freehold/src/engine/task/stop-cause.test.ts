import assert from "node:assert/strict";
import { test } from "node:test";
import { explainStop } from "./stop-cause.ts";

const failure =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: ";
const arn = "arn:aws:secretsmanager:us-east-1:111111111111:secret:shop/dev-AbCdEf";

const secrets: readonly (readonly [string, string])[] = [
  [
    `service call has been retried 1 time(s): failed to fetch secret ${arn}:TOKEN::version from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    "The secret TOKEN cannot be read: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  ],
  [
    `retrieved secret from Secrets Manager did not contain json key TOKEN`,
    `The secret TOKEN cannot be read: ${failure}retrieved secret from Secrets Manager did not contain json key TOKEN`,
  ],
  ["there is a connection issue", `A secret cannot be read: ${failure}there is a connection issue`],
];

for (const [reason, message] of secrets) {
  test(`a secret is named where ECS names it: ${message.slice(0, 40)}`, () => {
    const task = { arn: "task/1", code: "TaskFailedToStart", reason: failure + reason, containers: [] };
    assert.equal(explainStop({ service: "api" }, { kind: "secret", task }).message, message);
  });
}
