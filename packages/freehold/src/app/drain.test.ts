import assert from "node:assert/strict";
import { test } from "node:test";
import { drainSeconds } from "./drain.ts";

for (const [stopGrace, seconds] of [
  [2, 15],
  [10, 15],
  [30, 30],
  [120, 120],
] as const) {
  test(`an application with ${stopGrace} s to stop has ${seconds} s to end its requests`, () =>
    assert.equal(drainSeconds({ stopGrace }), seconds));
}
