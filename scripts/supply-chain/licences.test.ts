import assert from "node:assert/strict";
import { test } from "node:test";
import { installScriptProblems, isPermitted, licenceProblems } from "./licences.ts";
import type { Lock, LockedPackage } from "./lock.ts";

const permissive: LockedPackage = { version: "1.0.0", license: "MIT" };

function lockWith(name: string, entry: LockedPackage): Lock {
  return { packages: { "": {}, "node_modules/good": permissive, [`node_modules/${name}`]: entry } };
}

const problems = (entry: LockedPackage, bundled: readonly string[] = [], exceptions = {}) =>
  licenceProblems(lockWith("planted", { version: "2.0.0", ...entry }), bundled, exceptions);

for (const license of [
  "AGPL-3.0-only",
  "GPL-3.0",
  "LGPL-2.1-or-later",
  "SSPL-1.0",
  "SEE LICENSE IN X",
  "UNLICENSED",
])
  test(`a package under ${license} is refused`, () => {
    assert.deepEqual(problems({ license }), [`planted 2.0.0: ${license} is not permitted`]);
  });

test("a package without a licence is refused, wherever it is installed", () => {
  assert.deepEqual(problems({}), ["planted 2.0.0: no licence is not permitted"]);
  const nested = lockWith("good/node_modules/@scope/planted", { version: "3.0.0" });
  assert.deepEqual(licenceProblems(nested, [], {}), ["@scope/planted 3.0.0: no licence is not permitted"]);
});

test("development packages may have any licence, unless they are bundled", () => {
  assert.deepEqual(problems({ license: "AGPL-3.0", dev: true }), []);
  assert.deepEqual(problems({ license: "AGPL-3.0", dev: true }, ["planted"]), [
    "planted 2.0.0: AGPL-3.0 is not permitted",
  ]);
});

test("an exception holds for the package it names, and only while that needs it", () => {
  assert.deepEqual(problems({}, [], { planted: "MIT in its text" }), []);
  assert.deepEqual(problems({ license: "MIT" }, [], { planted: "MIT in its text" }), [
    "planted needs no exception",
  ]);
});

const expressions: readonly (readonly [string, boolean])[] = [
  ["MIT", true],
  ["(BSD-3-Clause OR GPL-2.0)", true],
  ["GPL-2.0 OR MIT", true],
  ["MIT AND GPL-2.0", false],
  ["(MIT OR Apache-2.0) AND ISC", true],
  ["MIT AND (GPL-2.0 OR AGPL-3.0)", false],
  ["GPL-2.0 OR MIT AND ISC", true],
  ["(MIT", false],
  ["MIT ISC", false],
  ["", false],
];
for (const [expression, expected] of expressions)
  test(`"${expression}" is ${expected ? "" : "not "}permitted`, () => {
    assert.equal(isPermitted(expression), expected);
  });

test("a production package with an install script is found, one for development is not", () => {
  const scripted: LockedPackage = { ...permissive, hasInstallScript: true };
  assert.deepEqual(installScriptProblems(lockWith("planted", scripted)), [
    "planted 1.0.0 runs a script when it is installed",
  ]);
  assert.deepEqual(installScriptProblems(lockWith("planted", { ...scripted, dev: true })), []);
});
