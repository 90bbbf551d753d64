import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { explained } from "./terraform-failure.ts";
import { isRecent } from "./terraform-program.ts";
import type { Diagnostic } from "./terraform-transcript.ts";

const failed = new UserError({
  code: "command-failed",
  subject: "terraform apply",
  message: "It ended with 1.",
});

function explain(diagnostics: readonly Diagnostic[], error: unknown = failed): unknown {
  const transcript = {
    path: "/project/apply.log",
    line: () => {},
    diagnostics: () => diagnostics,
  };
  return explained(error, transcript, "terraform apply");
}

test("each thing that failed is a problem of its own; the last says where the whole output is", () => {
  const told = explain([
    { address: "aws_vpc.main", summary: "No more networks", detail: "" },
    { summary: "No way", detail: "one\ntwo" },
  ]);
  assert.ok(told instanceof UserError);
  assert.deepEqual(
    told.problems.map(({ subject, message }) => [subject, message]),
    [
      ["aws_vpc.main", "No more networks"],
      ["terraform apply", "No way\n  one\n  two"],
    ],
  );
  assert.match(told.problems.at(-1)?.hint ?? "", /\/project\/apply\.log/);
  assert.equal(told.exitCode, 1);
});

for (const summary of ["Error acquiring the state lock", "Saved plan is stale"]) {
  test(`${summary}: it may be tried again`, () => {
    const told = explain([{ summary, detail: "" }]);
    assert.ok(told instanceof UserError && told.exitCode === 75);
  });
}

test("without a word from Terraform its last lines stand, with the place of the whole output", () => {
  const told = explain([]);
  assert.ok(told instanceof UserError);
  assert.deepEqual([told.message, told.problems[0]?.hint?.includes("apply.log")], ["It ended with 1.", true]);
});

test("what is no failure of Terraform's passes as it is", () => {
  const interrupted = new UserError({ code: "interrupted", subject: "", message: "" }, { exitCode: 130 });
  assert.equal(explain([{ summary: "execution halted", detail: "" }], interrupted), interrupted);
});

for (const [version, expected] of [
  ["1.10.9", false],
  ["1.11.0", true],
  ["1.12.0-beta1", true],
  ["2.0.0", true],
  ["0.15.5", false],
] as const) {
  test(`Terraform ${version} is ${expected ? "recent enough" : "too old"}`, () => {
    assert.equal(isRecent(version), expected);
  });
}
