import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { testSettings } from "../../test/testing/test-settings.ts";
import type { FaultKind } from "./fault-orders.ts";
import { createFaults } from "./faults.ts";
import { createFrontDoor } from "./front-door.ts";
import { closeServer } from "./listen.ts";

const silent = { info: () => {}, warn: () => {} };

/** What a client hears of a call that is struck: a status, or the name of what broke it off. */
async function heard(kind: FaultKind): Promise<number | string> {
  const faults = createFaults();
  faults.set([{ service: "*", kind, share: 1 }], 1);
  const door = createFrontDoor({
    settings: testSettings("/nowhere"),
    served: [],
    planes: [],
    models: { bySigningName: async () => undefined },
    moto: "/nowhere/moto.sock",
    isPublic: async () => false,
    log: silent,
    calls: silent,
    faults,
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  assert.ok(typeof address === "object" && address !== null);
  const headers = { authorization: "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request" };
  const asked = fetch(`http://127.0.0.1:${address.port}/`, { headers, signal: AbortSignal.timeout(2_000) });
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
    assert.equal(await heard(kind), expected);
  });
