import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../../../test/testing/manual-clock.ts";
import { createPulse } from "./pulse.ts";

const log = { info: () => {}, warn: () => {} };

test("beats each second, and soon after a burst of wakings", async () => {
  const clock = manualClock(new Date(0));
  const beats: number[] = [];
  const pulse = createPulse({ clock, log }, async () => void beats.push(clock.now().getTime()));
  await clock.advance(500);
  pulse.start();
  await clock.advance(2500);
  for (let count = 0; count < 5; count += 1) {
    pulse.wake();
    await clock.advance(20);
  }
  await clock.advance(1100);
  await pulse.stop();
  pulse.wake();
  await clock.advance(5000);
  assert.deepEqual(beats, [500, 1500, 2500, 3050, 3110, 4110]);
});

test("never beats twice at once, and goes on after a failure", async () => {
  const clock = manualClock(new Date(0));
  let under = 0;
  let most = 0;
  let count = 0;
  const pulse = createPulse({ clock, log }, async () => {
    under += 1;
    count += 1;
    most = Math.max(most, under);
    await clock.sleep(300);
    under -= 1;
    throw new RangeError("no");
  });
  pulse.start();
  for (let step = 0; step < 20; step += 1) {
    pulse.wake();
    await clock.advance(100);
  }
  assert.equal(most, 1);
  assert.ok(count >= 5, `${count} beats`);
});
