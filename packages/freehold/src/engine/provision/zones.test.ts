import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseZones } from "./zones.ts";

const zones = ["use1-az6", "use1-az3", "use1-az2", "use1-az1"].map((id, index) => ({
  id,
  name: `us-east-1${"abcd"[index]}`,
}));

test("zones are chosen by id, whatever the account calls them, without those that lack Fargate or VPC origins", () => {
  assert.deepEqual(chooseZones(zones, 3), ["us-east-1d", "us-east-1c", "us-east-1a"]);
  assert.deepEqual(chooseZones(zones.toReversed(), 2), ["us-east-1d", "us-east-1c"]);
});

test("fewer than wanted are told as they are", () => {
  assert.deepEqual(chooseZones(zones.slice(1, 2), 2), []);
});
