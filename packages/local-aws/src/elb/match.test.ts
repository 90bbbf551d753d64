import assert from "node:assert/strict";
import { test } from "node:test";
import type { Condition, Listener } from "./configuration.ts";
import { chooseRule, holds, type RuleSubject } from "./match.ts";
import { matchesPattern } from "./pattern.ts";

const request: RuleSubject = {
  method: "GET",
  target: "/api/orders/7?Page=2&sort=",
  headers: [
    ["Host", "Shop.Example.com:8080"],
    ["X-Environment", "Production"],
  ],
  peer: "10.1.2.3",
};

const patterns: readonly (readonly [string, string, boolean])[] = [
  ["/api/*", "/api/orders", true],
  ["/api/*", "/api/", true],
  ["/api/*", "/api", false],
  ["/api*", "/apiary", true],
  ["/a?i", "/api", true],
  ["/a?i", "/ai", false],
  ["*.js", "/assets/app.js", true],
  ["*.js", "/assets/app.jsx", false],
  ["/a.c", "/abc", false],
  ["/img/*/x", "/img/a/b/x", true],
  ["/API/*", "/api/x", false],
];

for (const [pattern, text, expected] of patterns) {
  test(`${pattern} ${expected ? "matches" : "leaves"} ${text}`, () => {
    assert.equal(matchesPattern(pattern, text), expected);
  });
}

const conditions: readonly (readonly [string, Condition, boolean])[] = [
  ["a host in another case", { kind: "host-header", patterns: ["shop.EXAMPLE.com"] }, true],
  ["a host by wildcard", { kind: "host-header", patterns: ["*.example.com"] }, true],
  ["another host", { kind: "host-header", patterns: ["example.com"] }, false],
  ["a path, without its query", { kind: "path-pattern", patterns: ["/x", "/api/orders/?"] }, true],
  ["a path of another case", { kind: "path-pattern", patterns: ["/API/*"] }, false],
  [
    "a header in another case",
    { kind: "http-header", name: "x-environment", patterns: ["production"] },
    true,
  ],
  ["a header of another value", { kind: "http-header", name: "x-environment", patterns: ["staging"] }, false],
  ["a header that is not there", { kind: "http-header", name: "x-other", patterns: ["*"] }, false],
  ["a query pair", { kind: "query-string", pairs: [{ key: "page", value: "2" }] }, true],
  ["a query value alone", { kind: "query-string", pairs: [{ value: "2" }] }, true],
  ["another query", { kind: "query-string", pairs: [{ key: "page", value: "3" }] }, false],
  ["a method", { kind: "http-request-method", methods: ["POST", "GET"] }, true],
  ["another method", { kind: "http-request-method", methods: ["POST"] }, false],
  ["an address in the range", { kind: "source-ip", ranges: ["192.168.0.0/16", "10.0.0.0/8"] }, true],
  ["an address outside", { kind: "source-ip", ranges: ["10.1.2.4/32"] }, false],
  ["a kind nobody knows", { kind: "unknown", field: "moon-phase" }, false],
];

for (const [what, condition, expected] of conditions) {
  test(`a rule ${expected ? "takes" : "leaves"} ${what}`, () => {
    assert.equal(holds(condition, request), expected);
  });
}

test("the first rule whose conditions all hold is chosen, the default rule last", () => {
  const action = { kind: "forward", groups: [] } as const;
  const path: Condition = { kind: "path-pattern", patterns: ["/api/*"] };
  const listener: Listener = {
    arn: "l",
    port: 80,
    protocol: "HTTP",
    rules: [
      {
        arn: "staging",
        conditions: [path, { kind: "http-header", name: "x-environment", patterns: ["staging"] }],
        action,
      },
      { arn: "production", conditions: [path], action },
      { arn: "default", conditions: [], action },
    ],
  };
  assert.equal(chooseRule(listener, request)?.arn, "production");
  assert.equal(chooseRule(listener, { ...request, target: "/other" })?.arn, "default");
});
