import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResponseHeadersPolicyConfig } from "@aws-sdk/client-cloudfront";
import { type HeaderLines, headerValue } from "../../elb/headers.ts";
import { managedHeadersPolicies } from "../managed-headers-policies.ts";
import { applyHeadersPolicy } from "./response-headers.ts";

const security = managedHeadersPolicies["67f7725c-6f97-4210-82d7-5512b31e9d03"];
const preflight = managedHeadersPolicies["5cc3b908-e619-4b99-88e5-2cf7f45965bd"];

function applied(
  policy: ResponseHeadersPolicyConfig | undefined,
  own: HeaderLines,
  method = "GET",
  origin?: string,
) {
  assert.ok(policy);
  const lines = applyHeadersPolicy(policy, own, method, origin === undefined ? [] : [["Origin", origin]]);
  return (name: string) => headerValue(lines, name);
}

test("security headers are added, and replace the origin's only where the policy says so", () => {
  const header = applied(security, [
    ["X-Frame-Options", "DENY"],
    ["X-Content-Type-Options", "other"],
  ]);
  assert.deepEqual(
    ["x-frame-options", "x-content-type-options", "strict-transport-security", "x-xss-protection"].map(
      header,
    ),
    ["DENY", "nosniff", "max-age=31536000", "1; mode=block"],
  );
});

test("CORS headers answer requests with an Origin, the preflight ones OPTIONS alone", () => {
  assert.equal(applied(preflight, [])("access-control-allow-origin"), undefined);
  const simple = applied(preflight, [], "GET", "https://a.example");
  assert.deepEqual(
    [simple("access-control-allow-origin"), simple("access-control-allow-methods")],
    ["*", undefined],
  );
  assert.match(
    applied(preflight, [], "OPTIONS", "https://a.example")("access-control-allow-methods") ?? "",
    /PATCH/,
  );
});

test("an origin that is not listed gets nothing, a listed one is named", () => {
  const policy: ResponseHeadersPolicyConfig = {
    Name: "own",
    CorsConfig: {
      AccessControlAllowOrigins: { Quantity: 1, Items: ["https://*.example"] },
      AccessControlAllowHeaders: { Quantity: 0, Items: [] },
      AccessControlAllowMethods: { Quantity: 1, Items: ["ALL"] },
      AccessControlAllowCredentials: true,
      OriginOverride: true,
    },
    CustomHeadersConfig: { Quantity: 1, Items: [{ Header: "X-Own", Value: "1", Override: true }] },
    RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: "x-powered-by" }] },
  };
  const listed = applied(
    policy,
    [
      ["X-Powered-By", "me"],
      ["X-Own", "0"],
    ],
    "GET",
    "https://a.example",
  );
  assert.deepEqual(
    ["access-control-allow-origin", "access-control-allow-credentials", "x-own", "x-powered-by"].map(listed),
    ["https://a.example", "true", "1", undefined],
  );
  assert.equal(applied(policy, [], "GET", "https://a.other")("access-control-allow-origin"), undefined);
});
