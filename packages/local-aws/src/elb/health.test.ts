import assert from "node:assert/strict";
import { test } from "node:test";
import { afterProbe, matchesStatus, type Phase, type Probe, registered, targetHealth } from "./health.ts";

const thresholds = { healthyThreshold: 2, unhealthyThreshold: 3 };
const pass: Probe = { passed: true };
const fail: Probe = { passed: false, reason: "Target.ResponseCodeMismatch", status: 500 };

function statesAfter(...probes: readonly Probe[]): readonly string[] {
  let phase: Phase = registered;
  return probes.map((probe) => {
    phase = afterProbe(phase, probe, thresholds);
    return phase.state;
  });
}

test("a new target needs one success", () => {
  assert.deepEqual(statesAfter(fail, pass), ["initial", "healthy"]);
});

test("a new target that keeps failing is unhealthy at the threshold", () => {
  assert.deepEqual(statesAfter(fail, fail, fail), ["initial", "initial", "unhealthy"]);
});

test("a healthy target falls after failures in a row, not in sum", () => {
  assert.deepEqual(statesAfter(pass, fail, fail, pass, fail, fail, fail).slice(3), [
    "healthy",
    "healthy",
    "healthy",
    "unhealthy",
  ]);
});

test("an unhealthy target comes back after the healthy threshold in a row", () => {
  assert.deepEqual(statesAfter(fail, fail, fail, pass, fail, pass, pass).slice(3), [
    "unhealthy",
    "unhealthy",
    "unhealthy",
    "healthy",
  ]);
});

test("health is told in AWS's words", () => {
  const unhealthy = afterProbe({ state: "healthy", failures: 2 }, fail, thresholds);
  assert.deepEqual(targetHealth(unhealthy, true), {
    State: "unhealthy",
    Reason: "Target.ResponseCodeMismatch",
    Description: "Health checks failed with these codes: [500]",
  });
  assert.deepEqual(targetHealth({ state: "healthy", failures: 0 }, true), { State: "healthy" });
  assert.equal(targetHealth(registered, true).Reason, "Elb.RegistrationInProgress");
  assert.equal(targetHealth(registered, false).Reason, "Target.NotInUse");
  assert.equal(targetHealth({ state: "draining" }, false).Reason, "Target.DeregistrationInProgress");
});

test("a matcher is a list of codes and ranges", () => {
  assert.deepEqual(
    [200, 204, 301, 302, 404].map((status) => matchesStatus("200-204,302", status)),
    [true, true, false, true, false],
  );
});
