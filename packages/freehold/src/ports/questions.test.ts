import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { Question, QuestionKind } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { answeredKinds, askUnseen, createQuestions, type Terminal } from "./questions.ts";

const question = { kind: "infrastructure", text: "Go on?" } as const;
const unanswered = { code: "host-command", subject: "web", message: "runs on this machine" };

function ofKind(kind: QuestionKind): Question {
  return kind === "host-command"
    ? { kind, text: "Run it?", unanswered: [unanswered] }
    : { kind, text: "Go on?" };
}

function asking(answered: readonly QuestionKind[], at?: Terminal) {
  return createQuestions({ answered, ...(at === undefined ? {} : { terminal: at }) });
}

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
    assert.equal(await asking([], terminal(answer)).confirm(question), expected);
  });
}

test("a name must be typed exactly", async () => {
  assert.equal(await asking([], terminal("dev\n")).typed(question, "dev"), true);
  assert.equal(await asking([], terminal("Dev\n")).typed(question, "dev"), false);
});

const kinds = ["infrastructure", "release", "data", "file", "host-command"] as const;

/** Which questions a run answers by itself; every other one is asked on a terminal, and is an error without one. */
for (const [name, run, answered] of [
  ["no option", { isYes: false }, []],
  ["--local", { isYes: false, isLocal: true }, ["release"]],
  ["--yes", { isYes: true }, ["infrastructure", "release", "data", "file"]],
  ["--yes --local", { isYes: true, isLocal: true }, ["infrastructure", "release", "data", "file"]],
] as const)
  for (const kind of kinds)
    test(`${name} ${answered.some((one) => one === kind) ? "answers" : "does not answer"} a question of kind ${kind}`, async () => {
      const one = ofKind(kind);
      const [alone, asked] = [asking(answeredKinds(run)), asking(answeredKinds(run), terminal("no\n"))];
      if (answered.some((each) => each === kind)) {
        assert.deepEqual([await alone.confirm(one), await alone.typed(one, "dev")], [true, true]);
        assert.equal(await asked.confirm(one), true);
      } else {
        await assert.rejects(alone.confirm(one), exitsWith(2));
        await assert.rejects(alone.typed(one, "dev"), exitsWith(2));
        assert.equal(await asked.confirm(one), false);
      }
    });

test("a command of the file that nobody can be asked about is reported with its own problem", async () => {
  const one = ofKind("host-command");
  await assert.rejects(asking(kinds).confirm(one), (error) => {
    assert.ok(error instanceof UserError);
    assert.deepEqual(error.problems, [unanswered]);
    return true;
  });
});

test("an input that ends is a no, not an endless wait", async () => {
  const { input, output } = terminal();
  const asked = asking([], { input, output }).confirm(question);
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
