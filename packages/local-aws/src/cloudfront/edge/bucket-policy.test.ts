import assert from "node:assert/strict";
import { test } from "node:test";
import { type Asker, parsePolicy, policyAllows } from "./bucket-policy.ts";

const distribution = "arn:aws:cloudfront::123456789012:distribution/E1";
const ours: Asker = { kind: "distribution", arn: distribution, accountId: "123456789012" };
const other: Asker = { ...ours, arn: `${distribution}X` };

function allowed(
  statement: object,
  asker: Asker,
  action = "s3:GetObject",
  resource = "arn:aws:s3:::site/a.js",
): boolean {
  return policyAllows(parsePolicy(JSON.stringify({ Statement: statement })), asker, action, resource);
}

const statement = {
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: ["s3:GetObject"],
  Resource: "arn:aws:s3:::site/*",
  Condition: { StringEquals: { "AWS:SourceArn": distribution } },
};

test("a policy lets in the distribution it names, for what it names", () => {
  assert.equal(allowed(statement, ours), true);
  assert.equal(allowed([statement], ours), true);
  assert.equal(allowed(statement, other), false);
  assert.equal(allowed(statement, { kind: "anybody" }), false);
  assert.equal(allowed(statement, ours, "s3:ListBucket", "arn:aws:s3:::site"), false);
  assert.equal(allowed(statement, ours, "s3:GetObject", "arn:aws:s3:::other/a"), false);
  assert.equal(allowed({ ...statement, Principal: { Service: "ec2.amazonaws.com" } }, ours), false);
});

test("wildcards, public principals and account conditions count", () => {
  assert.equal(
    allowed({ ...statement, Action: "s3:Get*", Principal: "*", Condition: undefined }, { kind: "anybody" }),
    true,
  );
  const account = { StringEquals: { "aws:SourceAccount": "123456789012" } };
  assert.equal(allowed({ ...statement, Condition: account }, other), true);
  assert.equal(
    allowed(
      { ...statement, Condition: { ArnLike: { "aws:SourceArn": `${distribution.slice(0, -1)}*` } } },
      other,
    ),
    true,
  );
});

test("a denial wins, and one for plain HTTP does not concern CloudFront", () => {
  const deny = { ...statement, Effect: "Deny", Principal: "*", Condition: undefined };
  assert.equal(allowed([statement, deny], ours), false);
  const insecure = { ...deny, Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } };
  assert.equal(allowed([statement, insecure], ours), true);
});

test("a condition that nobody understands allows nothing", () => {
  assert.equal(
    allowed({ ...statement, Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }, ours),
    false,
  );
});
