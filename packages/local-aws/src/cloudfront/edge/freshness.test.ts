import assert from "node:assert/strict";
import { test } from "node:test";
import { managedCachePolicies } from "../managed-cache-policies.ts";
import { timeToLive } from "./freshness.ts";
import { type CachePlan, cachePlan, legacyPlan } from "./selection.ts";

const now = new Date("2026-01-01T00:00:00Z");

function managed(id: string): CachePlan {
  const config = managedCachePolicies[id];
  assert.ok(config);
  return cachePlan(config);
}

const optimized = managed("658327ea-f89d-4fab-a63d-7e88639e58f6");
const disabled = managed("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
const origin = managed("83da9c7e-98b4-4e11-a168-04f0df8e2c65");
const short: CachePlan = { ...optimized, minimum: 60, usual: 100, maximum: 600 };

const decisions: readonly (readonly [string, CachePlan, number, string | undefined, number])[] = [
  ["a year for a hashed asset", optimized, 200, "public, max-age=31536000, immutable", 31_536_000],
  ["a day where the origin is silent", optimized, 200, undefined, 86_400],
  ["the minimum of a second for no-cache", optimized, 200, "no-cache", 1],
  ["nothing for no-store where the minimum is 0", origin, 200, "no-store", 0],
  ["nothing where the origin is silent and so is the policy", origin, 200, undefined, 0],
  ["s-maxage before max-age", origin, 200, "max-age=5, s-maxage=9", 9],
  ["at least the minimum", short, 200, "max-age=1", 60],
  ["at most the maximum", short, 200, "max-age=9999", 600],
  ["nothing with caching disabled", disabled, 200, "max-age=60", 0],
  ["nothing for errors with caching disabled", disabled, 404, undefined, 0],
  ["ten seconds for a missing object", optimized, 404, undefined, 10],
  ["longer for a missing object that says so", optimized, 404, "max-age=30", 30],
  ["nothing for a missing object that must not be stored", optimized, 404, "no-store", 0],
  ["ten seconds for a failure, whatever it says", optimized, 500, "no-store", 10],
  ["nothing for 403 without an age", optimized, 403, undefined, 0],
  ["the age of 403, ten seconds at least", optimized, 403, "max-age=3", 10],
  ["nothing for a status that is never cached", optimized, 418, "max-age=60", 0],
];

for (const [what, plan, status, control, seconds] of decisions) {
  test(`keeps ${what}`, () => {
    const headers = control === undefined ? [] : ([["Cache-Control", control]] as const);
    assert.equal(timeToLive(status, headers, plan, [], now), seconds);
  });
}

test("Expires counts where Cache-Control is silent", () => {
  const headers = [["Expires", "Thu, 01 Jan 2026 00:02:00 GMT"]] as const;
  assert.equal(timeToLive(200, headers, origin, [], now), 120);
});

test("a distribution sets how long it keeps an error", () => {
  const errors = [{ ErrorCode: 404, ErrorCachingMinTTL: 0 }];
  assert.equal(timeToLive(404, [], optimized, errors, now), 0);
});

test("forwarding every header the older way turns caching off", () => {
  const cookies = { Forward: "none" as const };
  const all = legacyPlan({ QueryString: true, Cookies: cookies, Headers: { Quantity: 1, Items: ["*"] } }, {});
  assert.equal(all.maximum, 0);
  assert.equal(legacyPlan({ QueryString: true, Cookies: cookies }, { DefaultTTL: 7 }).usual, 7);
});
