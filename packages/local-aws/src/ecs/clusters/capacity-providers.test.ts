import assert from "node:assert/strict";
import { test } from "node:test";
import { nextProvider, placementOf } from "./capacity-providers.ts";

test("tasks are spread by base, then by weight", () => {
  const strategy = [
    { capacityProvider: "FARGATE", base: 2, weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 3 },
  ];
  const used: Record<string, number> = {};
  for (let count = 0; count < 10; count += 1) {
    const name = nextProvider(strategy, used) ?? "";
    used[name] = (used[name] ?? 0) + 1;
  }
  assert.deepEqual(used, { FARGATE: 4, FARGATE_SPOT: 6 });
  assert.equal(nextProvider([{ capacityProvider: "FARGATE" }], {}), "FARGATE");
  assert.equal(nextProvider([], {}), undefined);
});

test("a placement is what is asked, else the cluster's, else EC2", () => {
  const cluster = {
    arn: "",
    name: "c",
    status: "ACTIVE",
    settings: [],
    capacityProviders: ["FARGATE"],
    defaultStrategy: [],
  } as const;
  const strategy = [{ capacityProvider: "FARGATE", weight: 1 }];
  assert.deepEqual(placementOf(cluster, { launchType: "FARGATE" }), { launchType: "FARGATE" });
  assert.deepEqual(placementOf({ ...cluster, defaultStrategy: strategy }, {}), { strategy });
  assert.deepEqual(placementOf(cluster, {}), { launchType: "EC2" });
  const refused = { code: "InvalidParameterException" };
  assert.throws(() => placementOf(cluster, { launchType: "FARGATE", strategy }), refused);
  assert.throws(() => placementOf(cluster, { strategy: [{ capacityProvider: "FARGATE_SPOT" }] }), refused);
});
