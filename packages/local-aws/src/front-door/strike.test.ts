import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { testSettings } from "../../test/testing/test-settings.ts";
import type { FaultRule } from "./fault-orders.ts";
import { createFaults } from "./faults.ts";
import { createFrontDoor } from "./front-door.ts";
import { closeServer } from "./listen.ts";

const silent = { info: () => {}, warn: () => {} };

interface Sent {
  readonly service: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a client hears of a call that is struck: a status, or the name of what broke it off. */
async function heard(rule: Pick<FaultRule, "kind" | "operation">, sent: Sent): Promise<number | string> {
  const faults = createFaults();
  faults.set([{ service: "*", share: 1, ...rule }], 1);
  const door = createFrontDoor({
    settings: testSettings("/nowhere"),
    served: [],
    planes: [],
    models: { bySigningName: async () => undefined },
    moto: "/nowhere/moto.sock",
    isPublic: async () => false,
    corsOf: async () => [],
    log: silent,
    calls: silent,
    faults,
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  assert.ok(typeof address === "object" && address !== null);
  const scope = `A/20260101/us-east-1/${sent.service}/aws4_request`;
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}`, ...sent.headers };
  const { body } = sent;
  const patience = AbortSignal.timeout(rule.kind === "timeout" ? 500 : 10_000);
  const request = { method: "POST", headers, signal: patience, ...(body && { body }) };
  const asked = fetch(`http://127.0.0.1:${address.port}/`, request);
  try {
    return await asked.then(
      ({ status }) => status,
      (error: Error) => error.name,
    );
  } finally {
    await closeServer(door);
  }
}

for (const [kind, expected] of [
  ["throttle", 503],
  ["fail", 503],
  ["drop", "TypeError"],
  ["timeout", "TimeoutError"],
] as const)
  test(`a call that meets ${kind} hears ${expected}`, async () => {
    assert.equal(await heard({ kind }, { service: "s3" }), expected);
  });

const form = { "content-type": "application/x-www-form-urlencoded" };

for (const [name, sent] of [
  ["header", { service: "ecs", headers: { "x-amz-target": "AmazonEC2ContainerServiceV20141113.RunTask" } }],
  ["form", { service: "sns", headers: form, body: "Action=RunTask&Version=2010-03-31" }],
] as const)
  test(`an operation is known by its ${name}`, async () => {
    assert.equal(await heard({ kind: "drop", operation: "RunTask" }, sent), "TypeError");
    // Nobody is behind this door.
    assert.equal(await heard({ kind: "drop", operation: "ListTasks" }, sent), 500);
  });
