import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesOf, look, rootOf } from "./testing/look.ts";
import { shopCollectionStack } from "./testing/shop.ts";

const stack = shopCollectionStack();

test("there are three subnets in each zone, named by the zone", () => {
  assert.deepEqual(addressesOf(stack, "aws_subnet"), [
    "aws_subnet.data_a",
    "aws_subnet.data_b",
    "aws_subnet.private_a",
    "aws_subnet.private_b",
    "aws_subnet.public_a",
    "aws_subnet.public_b",
  ]);
});

test("private subnets go out through the one NAT gateway, data subnets nowhere", () => {
  assert.deepEqual(addressesOf(stack, "aws_nat_gateway"), ["aws_nat_gateway.main"]);
  assert.equal(look(stack, "aws_route.private").nat_gateway_id, "${aws_nat_gateway.main.id}");
  assert.equal(look(stack, "aws_route.public").gateway_id, "${aws_internet_gateway.main.id}");
  assert.deepEqual(addressesOf(stack, "aws_route."), ["aws_route.private", "aws_route.public"]);
});

test("all of them reach S3 without the NAT gateway", () => {
  assert.equal(look(stack, "aws_vpc_endpoint.s3").route_table_ids.length, 3);
});

test("the order of the outputs is that of the zones", () => {
  const { zones, private_subnet_ids } = rootOf(stack).output.freehold.value;
  assert.deepEqual(zones, ["us-east-1a", "us-east-1b"]);
  assert.deepEqual(private_subnet_ids, ["${aws_subnet.private_a.id}", "${aws_subnet.private_b.id}"]);
});
