import assert from "node:assert/strict";
import { test } from "node:test";
import { readFaultOrders } from "./fault-orders.ts";

const wrong: readonly (readonly [unknown, RegExp])[] = [
  [[], /^the body: /],
  [{}, /neither `rules` nor `kill`/],
  [{ rules: [] }, /^rules: /],
  [{ rules: [{ kind: "explode" }] }, /^rules\.0\.kind: /],
  [{ rules: [{ kind: "drop", share: 2 }] }, /^rules\.0\.share: /],
  [{ rules: [{ kind: "drop" }], seeds: 1 }, /seeds/],
  [{ kill: { task: "" } }, /^kill/],
  [{ kill: { task: "a", zone: "b" } }, /^kill/],
  [{ kill: {} }, /^kill/],
];

for (const [orders, message] of wrong)
  test(`${JSON.stringify(orders)} is refused`, () =>
    assert.throws(() => readFaultOrders(orders), { code: "InvalidFaults", message }));

test("what is left out strikes every call", () => {
  const { rules, seed } = readFaultOrders({ rules: [{ kind: "drop" }] });
  assert.deepEqual({ rules, seed }, { rules: [{ service: "*", kind: "drop", share: 1 }], seed: 1 });
});
