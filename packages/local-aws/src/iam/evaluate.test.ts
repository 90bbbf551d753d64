import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "./evaluate.ts";
import { PolicyError, parsePolicy } from "./parse-policy.ts";
import type { Context, Resource } from "./policy.ts";

type Json = Readonly<Record<string, unknown>>;

const known: Readonly<Record<string, readonly string[]>> = {
  "aws:username": ["bob"],
  "aws:currenttime": ["2026-12-01T10:00:00Z"],
  "aws:securetransport": ["true"],
  "aws:sourceip": ["203.0.113.7"],
  "s3:prefix": ["home/bob/a"],
  "s3:max-keys": ["10"],
  "dynamodb:attributes": ["id", "name"],
  "aws:sourcearn": ["arn:aws:sns:us-east-1:123456789012:a"],
};
const context: Context = {
  values: new Map(Object.entries(known)),
  isAbsent: (key) => key === "s3:delimiter" || key === "aws:sourcevpce",
};
const policy = (...statements: readonly Json[]) =>
  parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const allow = (more: Json) => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more });
const deny = (more: Json) => ({ ...allow(more), Effect: "Deny" });
const object = "arn:aws:s3:::b/home/bob/a";

function outcome(statements: readonly Json[], action = "s3:GetObject", arn: string | undefined = object) {
  const resource: Resource = arn === "?" ? { kind: "unknown", reason: "why" } : { kind: "arn", arn };
  const decision = evaluate({ identity: [policy(...statements)] }, { action, resource, context });
  return decision.effect === "allow" ? "allow" : decision.kind;
}

const actionsAndResources: readonly (readonly [string, readonly Json[], string, string?, string?])[] = [
  ["no statement", [], "implicit"],
  ["an allowing one", [allow({})], "allow"],
  ["a denying one beside it", [allow({}), deny({})], "explicit"],
  ["another action", [allow({ Action: "s3:PutObject" })], "implicit"],
  ["actions know no case", [allow({ Action: "S3:getobject" })], "allow"],
  ["a wildcard within an action", [allow({ Action: "s3:Get*" })], "allow"],
  ["a question mark", [allow({ Action: "s3:GetObjec?" })], "allow"],
  ["a question mark for nothing", [allow({ Action: "s3:GetObject?" })], "implicit"],
  ["one of several", [allow({ Action: ["s3:Put*", "s3:Get*"] })], "allow"],
  ["what is not excluded", [allow({ Action: undefined, NotAction: "s3:Put*" })], "allow"],
  ["what is excluded", [allow({ Action: undefined, NotAction: "s3:*" })], "implicit"],
  ["the resource", [allow({ Resource: object })], "allow"],
  ["resources know case", [allow({ Resource: object.replace("bob", "Bob") })], "implicit"],
  ["a wildcard over slashes", [allow({ Resource: "arn:aws:s3:::b/*/a" })], "allow"],
  ["a prefix is no match", [allow({ Resource: "arn:aws:s3:::b/home" })], "implicit"],
  ["an ARN with parts left out", [allow({ Resource: "arn:aws:s3" })], "allow"],
  [
    "a resource that is not excluded",
    [allow({ Resource: undefined, NotResource: "arn:aws:s3:::c/*" })],
    "allow",
  ],
  [
    "a resource that is excluded",
    [allow({ Resource: undefined, NotResource: "arn:aws:s3:::b/*" })],
    "implicit",
  ],
  ["a variable", [allow({ Resource: "arn:aws:s3:::b/home/${aws:username}/*" })], "allow"],
  [
    "a variable with a default",
    [allow({ Resource: "arn:aws:s3:::b/home/${s3:delimiter, 'bob'}/*" })],
    "allow",
  ],
  ["a variable without a value", [allow({ Resource: "arn:aws:s3:::b/home/${s3:delimiter}*" })], "implicit"],
  [
    "a variable of which nothing is known",
    [allow({ Resource: "arn:aws:s3:::b/${aws:unknown}" })],
    "implicit",
  ],
  ["the same denies", [allow({}), deny({ Resource: "arn:aws:s3:::b/${aws:unknown}" })], "explicit"],
  ["a literal star", [allow({ Resource: "arn:aws:s3:::b/home/bob/${*}" })], "implicit"],
  [
    "an unknown resource and a pattern",
    [allow({ Resource: "arn:aws:s3:::*" })],
    "implicit",
    "s3:GetObject",
    "?",
  ],
  ["an unknown resource and every resource", [allow({})], "allow", "s3:GetObject", "?"],
  [
    "an unknown resource that might be denied",
    [allow({}), deny({ Resource: object })],
    "explicit",
    "s3:GetObject",
    "?",
  ],
];

for (const [what, statements, expected, action, arn] of actionsAndResources) {
  test(`${what}: ${expected}`, () => {
    assert.equal(outcome(statements, action, arn), expected);
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const conditions: readonly (readonly [Json, boolean])[] = [
  [{ StringEquals: { "aws:username": "bob" } }, true],
  [{ StringEquals: { "AWS:UserName": ["al", "bob"] } }, true],
  [{ StringEquals: { "aws:username": "Bob" } }, false],
  [{ StringEquals: { "aws:username": "b*" } }, false],
  [{ StringEqualsIgnoreCase: { "aws:username": "Bob" } }, true],
  [{ StringNotEquals: { "aws:username": ["al", "bob"] } }, false],
  [{ StringLike: { "s3:prefix": "home/${aws:username}/*" } }, true],
  [{ StringNotLike: { "s3:prefix": "home/*" } }, false],
  [{ StringEquals: { "s3:delimiter": "/" } }, false],
  [{ StringEqualsIfExists: { "s3:delimiter": "/" } }, true],
  [{ StringNotEquals: { "s3:delimiter": "/" } }, true],
  [{ Null: { "s3:delimiter": "true" } }, true],
  [{ Null: { "aws:username": "true" } }, false],
  [{ Null: { "aws:username": "false" } }, true],
  [{ NumericLessThanEquals: { "s3:max-keys": "10" } }, true],
  [{ NumericLessThan: { "s3:max-keys": 10 } }, false],
  [{ NumericGreaterThan: { "s3:max-keys": "9" } }, true],
  [{ NumericNotEquals: { "s3:max-keys": "9" } }, true],
  [{ DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }, true],
  [{ DateLessThan: { "aws:CurrentTime": "1767225600" } }, false],
  [{ Bool: { "aws:SecureTransport": true } }, true],
  [{ Bool: { "aws:SecureTransport": "false" } }, false],
  [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, true],
  [{ IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.7"] } }, true],
  [{ NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, false],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:123456789012:*" } }, true],
  [{ ArnLike: { "aws:SourceArn": "arn:aws:*:a" } }, false],
  [{ ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:a" } }, true],
  [{ ArnNotEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:a" } }, false],
  [{ "ForAllValues:StringEquals": { "dynamodb:Attributes": ["id", "name", "x"] } }, true],
  [{ "ForAllValues:StringEquals": { "dynamodb:Attributes": ["id"] } }, false],
  [{ "ForAnyValue:StringEquals": { "dynamodb:Attributes": ["id"] } }, true],
  [{ "ForAnyValue:StringEquals": { "s3:delimiter": "/" } }, false],
  [{ "ForAllValues:StringEquals": { "s3:delimiter": "/" } }, true],
  [{ StringEquals: { "aws:username": "bob" }, Bool: { "aws:SecureTransport": "false" } }, false],
];

for (const [condition, holds] of conditions) {
  test(`${JSON.stringify(condition)} ${holds ? "holds" : "does not hold"}`, () => {
    assert.equal(outcome([allow({ Condition: condition })]), holds ? "allow" : "implicit");
    assert.equal(outcome([allow({}), deny({ Condition: condition })]), holds ? "explicit" : "allow");
  });
}

for (const condition of [
  { StringEquals: { "aws:unheard": "x" } },
  { StringResembles: { "aws:username": "bob" } },
  { NumericEquals: { "s3:max-keys": "many" } },
  { Null: { "aws:unheard": "true" } },
]) {
  test(`${JSON.stringify(condition)} cannot be judged: it allows nothing, and denies`, () => {
    assert.equal(outcome([allow({ Condition: condition })]), "implicit");
    assert.equal(outcome([allow({}), deny({ Condition: condition })]), "explicit");
    const decision = evaluate(
      { identity: [policy(allow({ Condition: condition }))] },
      { action: "s3:GetObject", resource: { kind: "arn", arn: object }, context },
    );
    assert.match(decision.effect === "deny" ? decision.doubts.join() : "", /Allow: condition /);
  });
}

test("a boundary and a session policy limit what the identity is allowed", () => {
  const all = [policy(allow({ Action: "*" }))];
  const other = [policy(allow({ Action: "sqs:*" }))];
  const request = { action: "s3:GetObject", resource: { kind: "arn", arn: object }, context } as const;
  assert.equal(evaluate({ identity: all, boundary: all, session: all }, request).effect, "allow");
  for (const layer of ["boundary", "session"] as const) {
    const decision = evaluate({ identity: all, [layer]: other }, request);
    assert.deepEqual(decision, { effect: "deny", kind: "implicit", layer, doubts: [] });
  }
});

test("without a version, variables are plain text", () => {
  const old = parsePolicy(
    JSON.stringify({ Statement: allow({ Resource: "arn:aws:s3:::b/home/${aws:username}/a" }) }),
  );
  const request = { action: "s3:GetObject", resource: { kind: "arn", arn: object }, context } as const;
  assert.equal(evaluate({ identity: [old] }, request).effect, "deny");
});

for (const text of [
  "",
  "[]",
  '{"Statement":{"Effect":"Allow","Action":"*"}}',
  '{"Statement":{"Effect":"allow","Action":"*","Resource":"*"}}',
  '{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}',
  '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Conditions":{}}}',
  '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}',
  '{"Statement":{"Effect":"Allow","Action":[{}],"Resource":"*"}}',
]) {
  test(`not a policy: ${text}`, () => {
    assert.throws(() => parsePolicy(text), PolicyError);
  });
}

test("a hostile pattern takes no longer than its length times the text's", () => {
  const started = performance.now();
  const found = outcome(
    [allow({ Resource: `arn:aws:s3:::${"*a".repeat(500)}` })],
    undefined,
    `arn:aws:s3:::${"a".repeat(1000)}b`,
  );
  assert.equal(found, "implicit");
  assert.ok(performance.now() - started < 1000);
});
