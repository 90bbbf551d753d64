import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { rememberCall } from "./aws-call.ts";
import { inUsersWords } from "./outside-failure.ts";
import { FakeAwsError } from "./testing/fake-client.ts";

const rows: readonly (readonly [name: string, code: string, exitCode: number])[] = [
  ["AccessDeniedException", "access-denied", 1],
  ["ExpiredTokenException", "no-credentials", 1],
  ["RequestTimeTooSkewed", "clock-skew", 1],
  ["ThrottlingException", "throttled", 75],
  ["TimeoutError", "no-network", 75],
];

for (const [name, code, exitCode] of rows) {
  test(`${name} is told as ${code}, with the way out`, () => {
    const told = inUsersWords(new FakeAwsError(name));
    assert.ok(told instanceof UserError);
    assert.deepEqual([told.problems[0]?.code, told.exitCode], [code, exitCode]);
    assert.ok(told.problems[0]?.hint);
  });
}

test("a call that was remembered names its action and what it was about, and no value", () => {
  const error = new FakeAwsError("AccessDenied", "Access Denied");
  const input = { Bucket: "state", Key: "a.json", Body: "hidden" };
  rememberCall({ clientName: "S3Client", commandName: "PutObjectCommand", input, error });
  const told = inUsersWords(error);
  assert.ok(told instanceof UserError);
  assert.equal(told.problems[0]?.subject, "s3:PutObject (state/a.json)");
});

test("a full disk is told as one", () => {
  assert.throws(
    () => {
      try {
        writeFileSync("/dev/full", "x");
      } catch (error) {
        throw inUsersWords(error);
      }
    },
    { name: "UserError", message: /The disk is full: ENOSPC/ },
  );
});

test("what is not known stays a bug of ours", () => {
  const error = new TypeError("x is not a function");
  assert.equal(inUsersWords(error), error);
});
