import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesOf, look } from "./testing/look.ts";
import { shopCollectionStack } from "./testing/shop.ts";

const stack = shopCollectionStack();

test("every image that runs has a repository, mirrored ones too, and sites have none", () => {
  assert.deepEqual(addressesOf(stack, "aws_ecr_repository."), [
    "aws_ecr_repository.api",
    "aws_ecr_repository.db",
    "aws_ecr_repository.report",
    "aws_ecr_repository.worker",
  ]);
});

test("no tag of an image ever moves", () => {
  for (const at of addressesOf(stack, "aws_ecr_repository."))
    assert.equal(look(stack, at).image_tag_mutability, "IMMUTABLE", at);
});

test("images are scanned, and those of releases outlive the last 20", () => {
  assert.deepEqual(look(stack, "aws_ecr_repository.api").image_scanning_configuration, {
    scan_on_push: true,
  });
  const { policy } = look(stack, "aws_ecr_lifecycle_policy.api");
  assert.match(policy, /"rulePriority" = 1, "selection" = \{[^}]*"tagPrefixList" = \["release-"\]/);
  assert.match(policy, /"rulePriority" = 2, "selection" = \{"countNumber" = 20/);
});
