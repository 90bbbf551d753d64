import assert from "node:assert/strict";
import { test } from "node:test";
import { look } from "./testing/look.ts";
import { collectionFacts, shopCollection, shopCollectionStack } from "./testing/shop.ts";
import { production } from "./testing/vary.ts";

const stack = shopCollectionStack();

test("the load balancer is internal and answers 404 where no rule matches", () => {
  assert.equal(look(stack, "aws_lb.main").internal, true);
  const [action] = look(stack, "aws_lb_listener.main").default_action;
  assert.equal(action.fixed_response.status_code, "404");
  assert.equal(look(stack, "aws_lb_listener.main").port, 80);
});

test("only CloudFront's group gets in, which is there once the VPC origin is", () => {
  const rule = look(stack, "aws_vpc_security_group_ingress_rule.load_balancer_from_cloudfront");
  assert.equal(rule.referenced_security_group_id, "${data.aws_security_group.cloudfront.id}");
  const group = stack.blocks.find((block) => block.kind === "data");
  assert.deepEqual(
    group?.dependsOn?.map((block) => block.type),
    ["aws_cloudfront_vpc_origin"],
  );
});

test("a VPC origin needs an internet gateway", () => {
  assert.deepEqual(look(stack, "aws_cloudfront_vpc_origin.main").depends_on, [
    "aws_internet_gateway.main",
    "aws_lb_listener.main",
  ]);
});

test("with production on it, it cannot be deleted by accident; destroy opens that", () => {
  const withProduction = { ...shopCollection, environments: [production] };
  const guard = (facts = collectionFacts) =>
    look(shopCollectionStack(withProduction, facts), "aws_lb.main").enable_deletion_protection;
  assert.equal(guard(), true);
  assert.equal(guard({ ...collectionFacts, protectData: false }), false);
  assert.equal(look(stack, "aws_lb.main").enable_deletion_protection, false);
});
