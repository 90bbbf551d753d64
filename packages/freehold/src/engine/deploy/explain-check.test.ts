import assert from "node:assert/strict";
import { test } from "node:test";
import { explainCheck } from "./explain-check.ts";

const check = { path: "/health", codes: "200-399", interval: 5, timeout: 4, healthy: 2, unhealthy: 5 };

const rows: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "Health checks failed with these codes: [503]",
    /GET \/health on port 8000 was answered with 503, not 200-399\.$/,
    /services\.api\.x-freehold\.health\.$/,
  ],
  ["Request timed out", /was not answered within 4 s\.$/, /health\.grace\.$/],
  ["Health checks failed", /was not answered: nothing listens there\.$/, /port 8000 on all addresses/],
];

for (const [finding, message, hint] of rows) {
  test(`the load balancer says \`${finding}\``, () => {
    const told = explainCheck(check, { service: "api", port: 8000, finding });
    assert.match(told.message, message);
    assert.match(told.hint, hint);
  });
}
