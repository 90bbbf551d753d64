import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaults, faultError } from "./faults.ts";

function struck(wanted: unknown, services: readonly string[]): readonly (string | undefined)[] {
  const faults = createFaults();
  faults.set(wanted);
  return services.map((service) => faults.next(service));
}

test("a rule strikes the calls of its service as often as it says", () => {
  const rules = [{ service: "s3", kind: "drop", count: 2 }];
  assert.deepEqual(struck({ rules }, ["ecs", "s3", "s3", "s3"]), [undefined, "drop", "drop", undefined]);
});

test("a share strikes that share of many calls, the same ones for the same seed", () => {
  const many = Array.from({ length: 5000 }, () => "ecs");
  const rules = [{ kind: "throttle", share: 0.1 }];
  const first = struck({ seed: 7, rules }, many);
  const count = first.filter((kind) => kind === "throttle").length;
  assert.ok(count > 400 && count < 600, `${count} of 5000`);
  assert.deepEqual(struck({ seed: 7, rules }, many), first);
  assert.notDeepEqual(struck({ seed: 8, rules }, many), first);
});

test("what was ordered can be read, and ended", () => {
  const faults = createFaults();
  faults.set({ rules: [{ kind: "fail" }] });
  faults.next("sqs");
  assert.deepEqual(faults.status(), {
    rules: [{ service: "*", kind: "fail", share: 1 }],
    calls: 1,
    faults: 1,
  });
  faults.clear();
  assert.equal(faults.next("sqs"), undefined);
});

const wrong: readonly (readonly [unknown, RegExp])[] = [
  [[], /^the body: /],
  [{ rules: [] }, /^rules: /],
  [{ rules: [{ kind: "explode" }] }, /^rules\.0\.kind: /],
  [{ rules: [{ kind: "drop", share: 2 }] }, /^rules\.0\.share: /],
  [{ rules: [{ kind: "drop" }], seeds: 1 }, /seeds/],
];

for (const [wanted, message] of wrong)
  test(`${JSON.stringify(wanted)} is refused`, () =>
    assert.throws(() => createFaults().set(wanted), { code: "InvalidFaults", message }));

test("a throttled call gets the code of its service", () => {
  const codes = ["s3", "ec2", "rds", "ecs"].map((service) => faultError("throttle", service).code);
  assert.deepEqual(codes, ["SlowDown", "RequestLimitExceeded", "Throttling", "ThrottlingException"]);
});
