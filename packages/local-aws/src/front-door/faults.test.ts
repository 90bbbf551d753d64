import assert from "node:assert/strict";
import { test } from "node:test";
import { readFaultOrders } from "./fault-orders.ts";
import { createFaults, type Faults, faultError } from "./faults.ts";

function ordered(orders: unknown): Faults {
  const faults = createFaults();
  const { rules, seed } = readFaultOrders(orders);
  faults.set(rules ?? [], seed);
  return faults;
}

function struck(orders: unknown, services: readonly string[]): readonly (string | undefined)[] {
  const faults = ordered(orders);
  return services.map((service) => faults.next(service, "Anything"));
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
  const faults = ordered({ rules: [{ kind: "fail" }] });
  faults.next("sqs", "SendMessage");
  assert.deepEqual(faults.status(), {
    rules: [{ service: "*", kind: "fail", share: 1 }],
    calls: 1,
    faults: 1,
  });
  faults.clear();
  assert.equal(faults.next("sqs", "SendMessage"), undefined);
});

test("a rule may name an operation", () => {
  const rules = [{ service: "ecs", operation: "RunTask", kind: "fail" }];
  const faults = ordered({ rules });
  assert.equal(faults.next("ecs", "ListTasks"), undefined);
  assert.equal(faults.next("batch", "RunTask"), undefined);
  assert.equal(faults.next("ecs", "RunTask"), "fail");
});

test("a throttled call gets the code of its service", () => {
  const codes = ["s3", "ec2", "rds", "ecs"].map((service) => faultError("throttle", service).code);
  assert.deepEqual(codes, ["SlowDown", "RequestLimitExceeded", "Throttling", "ThrottlingException"]);
});
