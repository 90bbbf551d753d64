import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBytes, parseDuration } from "./notation.ts";
import { splitWords } from "./shell-words.ts";
import { suggest } from "./suggest.ts";
import { interpolate } from "./yaml/interpolate.ts";

const mebibyte = 1024 * 1024;

test("bytes", () => {
  const rows: readonly (readonly [string, number | undefined])[] = [
    ["1024", 1024],
    ["512m", 512 * mebibyte],
    ["512M", 512 * mebibyte],
    ["512Mi", 512 * mebibyte],
    ["512MiB", 512 * mebibyte],
    ["1.5gb", 1536 * mebibyte],
    ["8Gi", 8192 * mebibyte],
    ["2 g", 2048 * mebibyte],
    ["1b", 1],
    ["lots", undefined],
    ["-1g", undefined],
    ["1gg", undefined],
  ];
  assert.deepEqual(
    rows.map(([text]) => parseBytes(text)),
    rows.map(([, value]) => value),
  );
});

test("durations", () => {
  const rows: readonly (readonly [string, number | undefined])[] = [
    ["10s", 10],
    ["0", 0],
    ["1m30s", 90],
    ["1h", 3600],
    ["500ms", 0.5],
    ["90", undefined],
    ["soon", undefined],
  ];
  assert.deepEqual(
    rows.map(([text]) => parseDuration(text)),
    rows.map(([, value]) => value),
  );
});

test("words", () => {
  assert.deepEqual(splitWords(`a  'b c' "d \\" e" f\\ g ''`), ["a", "b c", 'd " e', "f g", ""]);
  assert.equal(splitWords("a 'b"), undefined);
  assert.deepEqual(splitWords("  "), []);
});

test("suggestions", () => {
  const allowed = ["environment", "max", "min", "ports"];
  assert.deepEqual(
    ["enviroment", "maxx", "prots", "xyzzy", "memory"].map((word) => suggest(word, allowed)),
    ["environment", "max", "ports", undefined, undefined],
  );
});

const shell = new Map([
  ["SET", "value"],
  ["EMPTY", ""],
]);

test("interpolation is Compose's", () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["$SET-${SET}", "value-value"],
    ["$$SET", "$SET"],
    ["${NONE:-default}", "default"],
    ["${EMPTY:-default}", "default"],
    ["${EMPTY-default}", ""],
    ["${NONE-default}", "default"],
    ["${NONE:-${SET}/${NONE:-x}}", "value/x"],
    ["${SET:+there}", "there"],
    ["${NONE:+there}", ""],
    ["${EMPTY+there}", "there"],
    ["${SET:?must}", "value"],
    ["${NONE:?must}", undefined],
    ["${EMPTY:?must}", undefined],
    ["${EMPTY?must}", ""],
    ["${NONE}", ""],
    ["${", undefined],
    ["${1X}", undefined],
    ["$(id)", undefined],
    ["a$", undefined],
  ];
  for (const [text, expected] of rows) {
    const result = interpolate(text, shell);
    assert.equal(result.kind === "text" ? result.text : undefined, expected, text);
  }
});
