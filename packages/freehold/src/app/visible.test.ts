import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { visible, visibleIn, visibleLine } from "./visible.ts";

const rows: Readonly<Record<string, string>> = {
  "plain text, ä 日本 🎉": "plain text, ä 日本 🎉",
  "lines\nand\ttabs": "lines\nand\ttabs",
  "clear \x1b[2J": "clear \\x1b[2J",
  "over\rwritten": "over\\x0dwritten",
  "\x07\x08\x7f": "\\x07\\x08\\u007f",
  "C1 \x9b2J": "C1 \\u009b2J",
  "\u202egpj.exe": "\\u202egpj.exe",
  "a\u200bb\ufeff\u2028": "a\\u200bb\\ufeff\\u2028",
  "\u2066\u2069\u200e": "\\u2066\\u2069\\u200e",
};
for (const [text, shown] of Object.entries(rows))
  test(`shown: ${JSON.stringify(shown)}`, () => assert.equal(visible(text), shown));

test("JSON that passes through means the same", () => {
  fc.assert(
    fc.property(fc.json(), fc.string({ unit: "binary" }), (json, text) => {
      const both = JSON.stringify([JSON.parse(json), text, "\u009b\u007f\u202e"]);
      assert.deepEqual(JSON.parse(visible(both)), JSON.parse(both));
    }),
  );
});

test("every text in plain data is shown, names of properties included", () => {
  assert.deepEqual(visibleIn({ "\x1b": ["\x1b", { a: "\x1b" }], n: 1, o: null }), {
    "\\x1b": ["\\x1b", { a: "\\x1b" }],
    n: 1,
    o: null,
  });
});

test("a log line keeps its colors, which end with it, and nothing else", () => {
  assert.equal(visibleLine("\x1b[32mok\x1b[0m \x1b[2J"), "\x1b[32mok\x1b[0m \\x1b[2J\x1b[0m");
  assert.equal(visibleLine("\x1b]0;title\x07"), "\\x1b]0;title\\x07");
  assert.equal(visibleLine("plain"), "plain");
});
