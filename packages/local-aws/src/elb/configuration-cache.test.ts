import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../../test/testing/manual-clock.ts";
import type { Configuration } from "./configuration.ts";
import { createConfigurationCache } from "./configuration-cache.ts";

function reading() {
  const clock = manualClock(new Date(0));
  const seen: number[] = [];
  let reads = 0;
  const read = async (): Promise<Configuration> => {
    reads += 1;
    const dnsName = String(reads);
    return {
      balancers: [{ arn: "a", dnsName, internal: true, idleSeconds: 60, listeners: [] }],
      groups: new Map(),
    };
  };
  const cache = createConfigurationCache(read, clock, ({ balancers }) =>
    seen.push(Number(balancers[0]?.dnsName)),
  );
  const nth = async (ask: () => Promise<Configuration>) => Number((await ask()).balancers[0]?.dnsName);
  return { clock, cache, nth, seen };
}

test("what was read is kept until a writing call is announced", async () => {
  const { cache, nth } = reading();
  assert.deepEqual([await nth(cache.current), await nth(cache.current), await nth(cache.latest)], [1, 1, 1]);
  cache.changing();
  assert.equal(await nth(cache.latest), 2);
});

test("while a call is on its way, readings serve traffic for a moment and other calls not at all", async () => {
  const { cache, clock, nth } = reading();
  await cache.current();
  await clock.advance(10_000);
  cache.changing();
  assert.deepEqual([await nth(cache.current), await nth(cache.current), await nth(cache.latest)], [2, 2, 3]);
  await clock.advance(250);
  assert.equal(await nth(cache.current), 4);
});

test("once the call has passed, the configuration is read again unasked and kept", async () => {
  const { cache, clock, nth, seen } = reading();
  cache.changing();
  await cache.current();
  await clock.advance(1500);
  assert.deepEqual(seen, [1, 2]);
  await clock.advance(60_000);
  assert.deepEqual([await nth(cache.current), await nth(cache.latest)], [2, 2]);
});
