import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { runCommand } from "./command.ts";
import { assertInterruptIsPassedOn } from "./testing/interrupted.ts";

const node = (script: string) => ({
  program: process.execPath,
  args: ["-e", script],
  subject: "the script",
  environment: { PATH: process.env["PATH"] ?? "" },
});

test("answers standard output, and tells both outputs line by line", async () => {
  const lines: string[] = [];
  const out = await runCommand({
    ...node("console.log('one'); console.error('two')"),
    onLine: (line) => lines.push(line),
  });
  assert.equal(out, "one");
  assert.deepEqual(lines.toSorted(), ["one", "two"]);
});

test("a failure tells its exit code, its last lines and the way out", async () => {
  const command = { ...node("console.log('why'); process.exit(3)"), hint: "Mend it." };
  await assert.rejects(runCommand(command), (error) => {
    assert.ok(error instanceof UserError);
    const [problem] = error.problems;
    assert.deepEqual(
      [problem?.subject, problem?.message, problem?.output],
      ["the script", "It ended with exit code 3.", ["why"]],
    );
    assert.equal(error.problems[0]?.hint, "Mend it.");
    return true;
  });
});

test("a program that is not there is named", async () => {
  await assert.rejects(
    runCommand({ program: "no-such-program", args: [], subject: "it", environment: {} }),
    /no-such-program is not there/,
  );
});

test("it has the variables that it is given, and no other", async () => {
  const script = "console.log(JSON.stringify(process.env))";
  const shown = JSON.parse(await runCommand({ ...node(script), environment: { ADDED: "!" } }));
  assert.deepEqual(shown, { ADDED: "!" });
});

test("an interrupt is passed on once, and waited for", () =>
  assertInterruptIsPassedOn((script, interruptible) => runCommand({ ...node(script), ...interruptible })));
