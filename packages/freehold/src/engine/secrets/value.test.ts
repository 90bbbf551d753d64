import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { Secret } from "./value.ts";

test("a secret shows in no way of printing it", () => {
  const secret = new Secret("canary");
  const shown = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ a: [secret] }),
  ];
  for (const text of shown) {
    assert.ok(!text.includes("canary"), text);
    assert.ok(text.includes("[redacted]"), text);
  }
  assert.equal(secret.reveal(), "canary");
});
