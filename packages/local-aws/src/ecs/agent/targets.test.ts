import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { type TestContext, test } from "node:test";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { doublePlatform } from "../../../test/testing/double-platform.ts";
import { task } from "../testing/records.ts";
import { awaitDrained } from "./targets.ts";

const balanced = task("1", {
  loadBalancers: [{ targetGroupArn: "group", containerName: "web", containerPort: 80 }],
});

/** A load balancer whose target is in each state for one look, and in the last one for ever. */
async function lookingAt(t: TestContext, states: readonly string[]) {
  let looks = 0;
  let slept = 0;
  const elbv2 = new ElasticLoadBalancingV2({ region: "us-east-1" });
  const describeTargetHealth = async () => {
    const State = states[Math.min(looks, states.length - 1)];
    looks += 1;
    return { TargetHealthDescriptions: [{ TargetHealth: { State } }] };
  };
  Object.assign(elbv2, { describeTargetHealth });
  const platform = await doublePlatform({ aws: { elbv2 } });
  t.after(() => rm(platform.settings.folder, { recursive: true }));
  const sleep = async (): Promise<void> => {
    slept += 1;
  };
  return { balancing: { ...platform, clock: { ...platform.clock, sleep } }, seen: () => ({ looks, slept }) };
}

test("a task is told to stop only when the load balancer calls its target unused", async (t) => {
  const { balancing, seen } = await lookingAt(t, ["draining", "draining", "draining", "unused"]);
  await awaitDrained(balancing, balanced, new AbortController().signal);
  assert.deepEqual(seen(), { looks: 4, slept: 3 });
});

test("a task in a hurry waits for nobody", async (t) => {
  const { balancing, seen } = await lookingAt(t, ["draining"]);
  await awaitDrained(balancing, balanced, AbortSignal.abort());
  assert.equal(seen().looks, 0);
});
