import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { exitCodeOf, renderProblems } from "./failure.ts";

const unknown = {
  code: "unknown-key",
  subject: "services.api.x-freehold.scale.maxx",
  message: "is not a setting",
  hint: "did you mean `max`?  (allowed: min, max, cpu, memory, requests, cooldown)",
  place: { file: "freehold.yml", line: 14, column: 7 },
};
const old = {
  code: "version",
  subject: "services.db.image",
  message: "postgres:9 is past the end of RDS support; use 13 to 18",
  place: { file: "freehold.yml", line: 22, column: 5 },
};

test("problems of a file: place, subject, hint below, and how many", () => {
  assert.equal(
    renderProblems(new UserError([unknown, old])),
    [
      "freehold.yml:14:7  services.api.x-freehold.scale.maxx is not a setting",
      "                   did you mean `max`?  (allowed: min, max, cpu, memory, requests, cooldown)",
      "freehold.yml:22:5  services.db.image postgres:9 is past the end of RDS support; use 13 to 18",
      "2 problems; nothing was changed",
    ].join("\n"),
  );
});

test("a problem of no file: a sentence after its subject, the way out below", () => {
  const problem = { code: "x", subject: "Docker", message: "No engine answers.", hint: "Start it." };
  assert.equal(renderProblems(new UserError(problem)), "Docker: No engine answers.\n  Start it.");
});

test("what a container said last stands between what is wrong and the way out, as it was written", () => {
  const output = ["starting", "  at main (server.js:1:2)"];
  const problem = { code: "x", subject: "api", message: "It ended.", hint: "Mend it.", output };
  assert.deepEqual(renderProblems(new UserError(problem)).split("\n"), [
    "api: It ended.",
    "  │ starting",
    "  │   at main (server.js:1:2)",
    "  Mend it.",
  ]);
});

test("a narrow terminal breaks lines and cuts nothing", () => {
  for (const columns of [80, 40, 20]) {
    const text = renderProblems(new UserError([unknown, old]), columns);
    const words = (value: string) => value.split(/\s+/);
    assert.deepEqual(words(text), words(renderProblems(new UserError([unknown, old]))));
    const longest = Math.max(...words(text).map((word) => word.length));
    const widths = text.split("\n").map((line) => line.length);
    assert.ok(Math.max(...widths) <= Math.max(columns, longest + 19), text);
  }
});

test("exit codes: what the error says, 70 for a bug", () => {
  assert.equal(exitCodeOf(new UserError(old)), 1);
  assert.equal(exitCodeOf(new UserError(old, { exitCode: 75 })), 75);
  assert.equal(exitCodeOf(new TypeError("x is not a function")), 70);
});
