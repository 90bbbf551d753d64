import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../app/application.ts";
import { addressesOf, look, rootOf } from "./testing/look.ts";
import { api, shopEnvironment, shopEnvironmentStack, site } from "./testing/shop.ts";
import { withoutServices, withService } from "./testing/vary.ts";

function distribution(environment: Environment = shopEnvironment) {
  return look(shopEnvironmentStack(environment), "aws_cloudfront_distribution.main");
}

function withServices(...services: Environment["services"]): Environment {
  return { ...shopEnvironment, services };
}

function targets(environment: Environment): readonly string[] {
  const { ordered_cache_behavior, default_cache_behavior } = distribution(environment);
  const ordered = ordered_cache_behavior.map(
    (one: { path_pattern: string; target_origin_id: string }) =>
      `${one.path_pattern} ${one.target_origin_id}`,
  );
  return [...ordered, `* ${default_cache_behavior.target_origin_id}`];
}

test("a path leads to its service, the rest to the site of /", () => {
  assert.deepEqual(targets(shopEnvironment), ["/api load-balancer", "/api/* load-balancer", "* site-web"]);
});

test("deeper paths come first, whichever kind they are", () => {
  const admin = { ...site, name: "admin", path: "/api/admin" };
  const root = { ...api, name: "root", path: "/" };
  assert.deepEqual(targets(withServices(api, root, admin)), [
    "/api/admin site-admin",
    "/api/admin/* site-admin",
    "/api load-balancer",
    "/api/* load-balancer",
    "* load-balancer",
  ]);
});

test("without anything at / the load balancer answers, which knows no rule for it", () => {
  const { default_cache_behavior } = distribution(withoutServices("web"));
  assert.equal(default_cache_behavior.target_origin_id, "load-balancer");
  assert.equal(default_cache_behavior.function_association, undefined);
});

test("a service sees the request as it was sent, and nothing of it is cached", () => {
  const [behavior] = distribution().ordered_cache_behavior;
  assert.equal(behavior.cache_policy_id, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
  assert.equal(behavior.origin_request_policy_id, "216adef6-5c7f-47e4-b989-5492eafa07d3");
  assert.equal(behavior.allowed_methods.length, 7);
});

test("a site is cached, asks S3 under S3's own name, and rewrites each request", () => {
  const { default_cache_behavior } = distribution();
  assert.equal(default_cache_behavior.cache_policy_id, "658327ea-f89d-4fab-a63d-7e88639e58f6");
  assert.equal(default_cache_behavior.origin_request_policy_id, undefined);
  assert.deepEqual(default_cache_behavior.function_association, [
    { event_type: "viewer-request", function_arn: "${aws_cloudfront_function.web.arn}" },
  ]);
});

test("errors arrive as they are", () => {
  assert.equal(distribution().custom_error_response, undefined);
  assert.equal(distribution().default_root_object, undefined);
});

test("the load balancer learns the environment from CloudFront alone", () => {
  const origin = distribution().origin.find(
    (one: { origin_id: string }) => one.origin_id === "load-balancer",
  );
  assert.deepEqual(origin.custom_header, [{ name: "x-freehold-environment", value: "dev" }]);
  assert.equal(origin.vpc_origin_config.origin_read_timeout, 60);
});

test("the distribution may read and list a site's files, and no other distribution may", () => {
  const { policy } = look(shopEnvironmentStack(), "aws_s3_bucket_policy.web");
  assert.match(
    policy,
    /"Action" = \["s3:GetObject"\].*"AWS:SourceArn" = aws_cloudfront_distribution\.main\.arn/,
  );
  assert.match(policy, /"Action" = \["s3:ListBucket"\]/);
});

test("an environment with nothing public has no distribution", () => {
  const stack = shopEnvironmentStack(withoutServices("api", "web"));
  assert.deepEqual(addressesOf(stack, "aws_cloudfront"), []);
  assert.equal(rootOf(stack).output.freehold.value.domain, null);
});

test("a mode is the function's business alone", () => {
  const { code } = look(
    shopEnvironmentStack(withService("web", { mode: "static" })),
    "aws_cloudfront_function.web",
  );
  assert.match(code, /"mode" = "static"/);
});
