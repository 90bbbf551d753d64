import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { rememberCall } from "./aws-call.ts";
import { inUsersWords, tellOwn } from "./outside-failure.ts";
import { FakeAwsError } from "./testing/fake-client.ts";

const rows: readonly (readonly [name: string, code: string, exitCode: number])[] = [
  ["AccessDeniedException", "access-denied", 1],
  ["UnauthorizedOperation", "access-denied", 1],
  ["ExpiredTokenException", "no-credentials", 1],
  ["CredentialsProviderError", "no-credentials", 1],
  ["SignatureDoesNotMatch", "no-credentials", 1],
  ["RequestTimeTooSkewed", "clock-skew", 1],
  ["OptInRequired", "wrong-region", 1],
  ["AuthorizationHeaderMalformed", "wrong-region", 1],
  ["ThrottlingException", "throttled", 75],
  ["Throttling", "throttled", 75],
  // Not a limit of the account, for all its name.
  ["RequestLimitExceeded", "throttled", 75],
  ["SlowDown", "throttled", 75],
  ["VpcLimitExceeded", "limit", 1],
  ["TooManyBuckets", "limit", 1],
  ["InternalFailure", "aws-fault", 75],
  ["TimeoutError", "no-network", 75],
];

/** As the SDK marks what a service has answered. */
function answered(name: string, fault: "client" | "server" = "client"): Error {
  return Object.assign(new FakeAwsError(name), { $fault: fault, $metadata: {} });
}

for (const [name, code, exitCode] of rows) {
  test(`${name} is told as ${code}, with the way out`, () => {
    const told = inUsersWords(answered(name));
    assert.ok(told instanceof UserError);
    assert.deepEqual([told.problems[0]?.code, told.exitCode], [code, exitCode]);
    assert.ok(told.problems[0]?.hint);
  });
}

test("whatever a service says of itself that it is to blame for may go well later", () => {
  const told = inUsersWords(answered("SomethingNew", "server"));
  assert.ok(told instanceof UserError);
  assert.deepEqual([told.problems[0]?.code, told.exitCode], ["aws-fault", 75]);
});

test("several tries of one connection are one failure, known by its code", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" });
  const told = inUsersWords(new AggregateError([refused, refused]));
  assert.ok(told instanceof UserError);
  assert.deepEqual([told.problems[0]?.code, told.exitCode], ["no-network", 75]);
  assert.match(told.message, /AWS cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:9/);
});

const problem = { code: "unreadable-secret", subject: "a", message: "It cannot be read.", hint: "Allow it." };

test("in a verb's own words, what passes by itself says so and ends with 75", () => {
  const told = tellOwn(problem, answered("ThrottlingException"));
  assert.equal(told.exitCode, 75);
  assert.match(told.problems[0]?.hint ?? "", /^Try again later/);
  assert.deepEqual(told.message, problem.message);
});

test("in a verb's own words, everything else keeps the verb's way out", () => {
  for (const cause of [answered("AccessDeniedException"), new TypeError("x"), undefined]) {
    const told = tellOwn(problem, cause);
    assert.deepEqual([told.exitCode, told.problems[0]?.hint], [1, "Allow it."]);
  }
});

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
