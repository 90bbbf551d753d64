import assert from "node:assert/strict";
import { test } from "node:test";
import { type HeaderLines, headerValue } from "../../elb/headers.ts";
import { managedCachePolicies } from "../managed-cache-policies.ts";
import { managedRequestPolicies } from "../managed-request-policies.ts";
import { originRequest } from "./origin-request.ts";
import { cachePlan, forwarding } from "./selection.ts";
import type { Visit } from "./visit.ts";

const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const viewer: HeaderLines = [
  ["Host", "shop.example"],
  ["User-Agent", "Firefox"],
  ["Cookie", "a=1; b=2"],
  ["X-Environment", "forged"],
  ["X-Forwarded-For", "1.1.1.1"],
  ["Accept-Encoding", "gzip, br, zstd"],
  ["If-None-Match", '"1"'],
  ["Range", "bytes=0-1"],
];
const origin = {
  Id: "o",
  DomainName: "origin.example",
  OriginPath: "/base",
  CustomHeaders: { Quantity: 1, Items: [{ HeaderName: "X-Environment", HeaderValue: "production" }] },
};

function asked(cachePolicy: string, requestPolicy: string | undefined, cacheable: boolean) {
  const config = managedCachePolicies[cachePolicy];
  assert.ok(config);
  const visit: Visit = {
    distribution: { id: "E1", etag: "", created: "", changed: "", config: emptyConfig },
    behavior: emptyConfig.DefaultCacheBehavior,
    plan: cachePlan(config),
    forward: forwarding(managedRequestPolicies[requestPolicy ?? ""]),
    requestId: "id",
    ask: {
      method: "GET",
      target: "/a?x=1",
      headers: viewer,
      peer: "9.9.9.9",
      gone: new AbortController().signal,
    },
    originId: "o",
  };
  const request = originRequest(visit, origin, { cacheable });
  return { target: request.target, header: (name: string) => headerValue(request.headers, name) };
}

const emptyConfig = {
  CallerReference: "",
  Comment: "",
  Enabled: true,
  Origins: { Quantity: 0, Items: [] },
  DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "allow-all" as const },
};

test("AllViewer passes everything, Host too; the origin's own header wins over the viewer's", () => {
  const { target, header } = asked(disabled, allViewer, false);
  assert.equal(target, "/base/a?x=1");
  assert.deepEqual(
    [
      "host",
      "user-agent",
      "cookie",
      "accept-encoding",
      "if-none-match",
      "x-environment",
      "x-forwarded-for",
    ].map(header),
    ["shop.example", "Firefox", "a=1; b=2", "gzip, br, zstd", '"1"', "production", "1.1.1.1, 9.9.9.9"],
  );
});

test("AllViewerExceptHostHeader names the origin as Host", () => {
  const { header } = asked(disabled, exceptHost, false);
  assert.deepEqual([header("host"), header("user-agent")], ["origin.example", "Firefox"]);
});

test("without a request policy the origin sees the key alone, and whole objects are asked for by version never", () => {
  const { target, header } = asked(optimized, undefined, true);
  assert.equal(target, "/base/a");
  assert.deepEqual(
    ["host", "user-agent", "cookie", "accept-encoding", "if-none-match", "range", "x-environment"].map(
      header,
    ),
    ["origin.example", "Amazon CloudFront", undefined, "br,gzip", undefined, "bytes=0-1", "production"],
  );
});

test("a version that the viewer knows is asked about only where nothing is cached", () => {
  assert.equal(asked(optimized, allViewer, true).header("if-none-match"), undefined);
  assert.equal(asked(disabled, undefined, false).header("if-none-match"), '"1"');
});
