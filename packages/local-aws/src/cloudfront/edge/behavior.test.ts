import assert from "node:assert/strict";
import { test } from "node:test";
import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import { allowsMethod, cachesMethod, chooseBehavior } from "./behavior.ts";

const behaviors = ["/api", "/api/*", "images/*.jpg", "/API/*", "/v?/x"].map((PathPattern) => ({
  PathPattern,
  TargetOriginId: PathPattern,
  ViewerProtocolPolicy: "allow-all" as const,
}));
const config: DistributionConfig = {
  CallerReference: "c",
  Comment: "",
  Enabled: true,
  Origins: { Quantity: 0, Items: [] },
  DefaultCacheBehavior: { TargetOriginId: "default", ViewerProtocolPolicy: "allow-all" },
  CacheBehaviors: { Quantity: behaviors.length, Items: behaviors },
};

const choices: readonly (readonly [string, string])[] = [
  ["/", "default"],
  ["/api", "/api"],
  ["/api/", "/api/*"],
  ["/api/a/b", "/api/*"],
  ["/apiary", "default"],
  ["/API/a", "/API/*"],
  ["/images/a.jpg", "images/*.jpg"],
  ["/other/images/a.jpg", "default"],
  ["/v1/x", "/v?/x"],
  ["/v10/x", "default"],
];

for (const [path, expected] of choices) {
  test(`${path} goes to ${expected}`, () => {
    assert.equal(chooseBehavior(config, path)?.TargetOriginId, expected);
  });
}

test("methods are those the behaviour allows; only reading ones are cached", () => {
  const behavior = {
    TargetOriginId: "x",
    ViewerProtocolPolicy: "allow-all" as const,
    AllowedMethods: { Quantity: 3, Items: ["GET" as const, "HEAD" as const, "OPTIONS" as const] },
  };
  assert.deepEqual(
    ["GET", "HEAD", "OPTIONS", "POST"].map((method) => [
      allowsMethod(behavior, method),
      cachesMethod(behavior, method),
    ]),
    [
      [true, true],
      [true, true],
      [true, false],
      [false, false],
    ],
  );
});
