import assert from "node:assert/strict";
import { test } from "node:test";
import { renderCheck } from "./health-check.ts";

const group = { HealthCheckPath: "/health", Matcher: { HttpCode: "200-399" }, HealthCheckTimeoutSeconds: 4 };

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
    const told = renderCheck(group, { service: "api", port: 8000, finding });
    assert.match(told.message, message);
    assert.match(told.hint, hint);
  });
}
