import assert from "node:assert/strict";
import { test } from "node:test";
import { type PendingChange, pendingChange } from "./change.ts";

const revision = { arn: "api:2" };

function service(
  taskDefinition: string,
  desiredCount: number,
  rolloutState: "COMPLETED" | "FAILED" | "IN_PROGRESS",
) {
  return { taskDefinition, desiredCount, deployments: [{ status: "PRIMARY", rolloutState }] };
}

const rows: readonly (readonly [string, ReturnType<typeof service>, number | undefined, PendingChange])[] = [
  ["another revision runs", service("api:1", 1, "COMPLETED"), 1, "deploy"],
  ["the revision's deployment failed", service("api:2", 1, "FAILED"), 1, "deploy"],
  ["the count alone differs", service("api:2", 1, "COMPLETED"), 2, "scale"],
  ["the count is nobody's business", service("api:2", 5, "COMPLETED"), undefined, "none"],
  ["an earlier run has started it", service("api:2", 1, "IN_PROGRESS"), 1, "wait"],
  ["all is as wanted", service("api:2", 1, "COMPLETED"), 1, "none"],
];

for (const [name, seen, count, change] of rows) {
  test(name, () =>
    assert.equal(pendingChange(seen, { revision, ...(count === undefined ? {} : { count }) }), change),
  );
}
