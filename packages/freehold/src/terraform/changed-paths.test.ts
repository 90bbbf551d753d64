import assert from "node:assert/strict";
import { test } from "node:test";
import { changedPaths } from "./changed-paths.ts";

const variables = (values: Readonly<Record<string, string>>) => ({
  environment: Object.entries(values).map(([name, value]) => ({ name, value })),
});

test("a named item is compared with the one of its name, wherever it stands", () => {
  assert.deepEqual(
    changedPaths(variables({ B: "1", C: "2" }), variables({ A: "0", B: "1", C: "3" }), false),
    [
      ["environment", "C", "value"],
      ["environment", "A"],
    ],
  );
});

test("the first item of a list has its name as well", () => {
  assert.deepEqual(changedPaths(variables({}), variables({ A: "0" }), false), [["environment", "A"]]);
});

test("items without names, or with one name twice, are compared by their place", () => {
  assert.deepEqual(changedPaths({ command: ["a", "b"] }, { command: ["a", "c", "d"] }, {}), [
    ["command", "1"],
    ["command", "2"],
  ]);
  const twice = {
    list: [
      { name: "x", v: 1 },
      { name: "x", v: 2 },
    ],
  };
  assert.deepEqual(changedPaths(twice, { list: [{ name: "x", v: 1 }] }, {}), [["list", "1"]]);
});

test("what is known only once it is applied counts as different", () => {
  const value = {
    arn: "a",
    list: [
      { name: "x", value: "1" },
      { name: "y", value: "2" },
    ],
  };
  const after = { list: [{ name: "x", value: "1" }, { name: "y" }] };
  assert.deepEqual(changedPaths(value, after, { arn: true, list: [{}, { value: true }] }), [
    ["arn"],
    ["list", "y", "value"],
  ]);
  assert.deepEqual(changedPaths(value, undefined, true), [[]]);
  assert.deepEqual(changedPaths(value, value, false), []);
});

test("what has another form, or has gone, differs as a whole", () => {
  assert.deepEqual(changedPaths({ a: { b: 1 } }, { a: 1 }, false), [["a"]]);
  assert.deepEqual(changedPaths({ a: { b: 1 } }, {}, false), [["a"]]);
});
