import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { askUnseen, createQuestions } from "./questions.ts";

function terminal(answer?: string) {
  const input = new PassThrough();
  if (answer !== undefined) input.write(answer);
  return { input, output: new PassThrough() };
}

for (const [answer, expected] of [
  ["y\n", true],
  ["YES\n", true],
  ["\n", false],
  ["no\n", false],
  ["yesterday\n", false],
] as const) {
  test(`${JSON.stringify(answer)} is ${expected ? "yes" : "no"}`, async () => {
    assert.equal(await createQuestions(false, terminal(answer)).confirm("Go on?"), expected);
  });
}

test("a name must be typed exactly", async () => {
  assert.equal(await createQuestions(false, terminal("dev\n")).typed("Name:", "dev"), true);
  assert.equal(await createQuestions(false, terminal("Dev\n")).typed("Name:", "dev"), false);
});

test("--yes asks nothing; without a terminal a question says what to do", async () => {
  assert.equal(await createQuestions(true, undefined).typed("Name:", "dev"), true);
  await assert.rejects(createQuestions(false, undefined).confirm("Go on?"), exitsWith(2));
});

test("an input that ends is a no, not an endless wait", async () => {
  const { input, output } = terminal();
  const asked = createQuestions(false, { input, output }).confirm("Go on?");
  input.end();
  await assert.rejects(asked, exitsWith(130));
});

test("what is not to be seen is read to its end and shown nowhere", async () => {
  const { input, output } = terminal("one  \ntwo\n\u0004");
  assert.equal(await askUnseen("Value:", { input, output }), "one  \ntwo");
  assert.equal(String(output.read()), "Value:\n");
  await assert.rejects(askUnseen("Value:", terminal("one\u0003")), exitsWith(130));
});

function exitsWith(code: number) {
  return (error: unknown) => error instanceof UserError && error.exitCode === code;
}
