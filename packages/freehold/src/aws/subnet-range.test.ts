import assert from "node:assert/strict";
import { test } from "node:test";
import { subnetRange } from "./subnet-range.ts";

test("each tier has its own ranges, with room for four zones", () => {
  assert.equal(subnetRange("10.0.0.0/16", "public", 0), "10.0.0.0/20");
  assert.equal(subnetRange("10.0.0.0/16", "public", 3), "10.0.48.0/20");
  assert.equal(subnetRange("10.0.0.0/16", "private", 0), "10.0.64.0/20");
  assert.equal(subnetRange("10.0.0.0/16", "data", 1), "10.0.144.0/20");
});

test("other networks are cut the same way", () => {
  assert.equal(subnetRange("172.31.255.0/24", "data", 1), "172.31.255.144/28");
  assert.equal(subnetRange("192.168.128.0/17", "private", 0), "192.168.160.0/21");
});
