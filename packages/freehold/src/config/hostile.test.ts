import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceFile } from "./source.ts";
import { problemsOfFiles } from "./testing/bad-files.ts";
import { quickly } from "./testing/quickly.ts";

function times(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join("");
}

function noise(length: number): string {
  const bytes = new Uint8Array(length).map((_, index) => index * 7919 + ((index ** 2) >> 3));
  return Buffer.from(bytes).toString("latin1");
}

const service = (keys: string) => `services: {a: {image: x, ${keys}}}`;
const tooLarge = /larger than 300 kB/;
const tooMany = /unfolds to more than 20000 values/;
const tooDeep = /nested deeper than 64 levels/;

/** What no person writes, by the way it is refused. */
const refused: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
  "a list of lists of aliases": [
    `a: &a [x,x,x,x,x,x,x,x,x]\n${times(8, (i) => `${"bcdefghi"[i]}: &${"bcdefghi"[i]} [${`*${"abcdefgh"[i]},`.repeat(9)}]\n`)}`,
    tooMany,
  ],
  "a section of sections of aliases": [
    `a0: &a0 {k: v}\n${times(30, (i) => `a${i + 1}: &a${i + 1} {x: *a${i}, y: *a${i}}\n`)}`,
    tooMany,
  ],
  "merges of merges": [
    `a0: &a0 {k: v}\n${times(20, (i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}], k${i}: 1}\n`)}`,
    tooMany,
  ],
  "one list named a thousand times": [`a: &a [${"x,".repeat(1000)}]\nb: [${"*a,".repeat(1000)}]\n`, tooMany],
  "an alias of what holds it": ["services: &s {a: *s}", tooDeep],
  "10 MB in one text": [service(`command: "${"x".repeat(10_000_000)}"`), tooLarge],
  "10 MB of brackets": ["[".repeat(10_000_000), tooLarge],
  "100,000 keys": [`services:\n${times(100_000, (i) => ` k${i}: 1\n`)}`, tooLarge],
  "10 MB of no text at all": [noise(10_000_000), tooLarge],
  "as many keys as fit": [`services:\n${times(27_000, (i) => ` k${i}: 1\n`)}`, tooMany],
  "keys on one line": [`services: {${times(30_000, (i) => `k${i}: 1,`)}}`, tooMany],
  "sections in sections": [times(700, (i) => `${" ".repeat(i)}a:\n`), tooDeep],
  "flow sections in flow sections": [`${"{a: ".repeat(900)}${"}".repeat(900)}`, tooDeep],
  "brackets as many as fit": ["[".repeat(290_000), tooDeep],
  "dashes as many as fit": ["- ".repeat(145_000), tooDeep],
  "colons as many as fit": [": ".repeat(145_000), tooDeep],
  "question marks as many as fit": ["? ".repeat(145_000), tooDeep],
  "no text at all": [noise(290_000), /./],
  zeros: ["\0".repeat(290_000), /./],
  "defaults of defaults": [service(`command: "${"${A:-".repeat(3000)}x${"}".repeat(3000)}"`), tooDeep],
  "an endless schedule": [
    service(`x-freehold: {schedule: "${"1,".repeat(140_000)} * * * *"}`),
    /is no minute/,
  ],
  "more environments than anybody has": [
    `services: {${times(100, (i) => `a${i}: {image: x},`)}}\nx-freehold: {collections: {${times(20, (i) => `c${i}: {environments: {${times(20, (j) => `e${j}: {},`)}}},`)}}}`,
    /makes 40000 services over all environments; 10000 at most/,
  ],
  "a chain of services": [
    `services:\n${times(2000, (i) => ` k${i}: {${i === 0 ? "image: x" : `extends: k${i - 1}`}}\n`)}`,
    /goes through more than 16 services/,
  ],
};

for (const [what, [text, says]] of Object.entries(refused)) {
  test(`${what} is refused within a second`, () => {
    const [first = "nothing"] = quickly(() => problemsOfFiles(text), what);
    assert.match(first, says);
  });
}

/** What a program may write: large, but meant. */
const taken: Readonly<Record<string, string>> = {
  "a long text": service(`command: "${"x ".repeat(140_000)}"`),
  "9,000 variables in a section": `services:\n a:\n  image: x\n  environment:\n${times(9_000, (i) => `   K${i}: v\n`)}`,
  "15,000 variables in a list": `services:\n a:\n  image: x\n  environment:\n${times(15_000, (i) => `   - K${i}=v\n`)}`,
  "1,000 services": `services:\n${times(1_000, (i) => ` k${i}: {image: "nginx:1"}\n`)}`,
  "a chain of 500 that wait": `services:\n${times(500, (i) => ` k${i}: {image: x, depends_on: [${i === 0 ? "" : `k${i - 1}`}]}\n`)}`,
  "hosts in a list": `services: {a: {image: x, environment: {U: "${"b,".repeat(100_000)}"}}, b: {image: x}}`,
  "pairs in a text": `services: {a: {image: x, environment: {U: "${"Server=b;".repeat(25_000)}"}}, b: {image: x, expose: [80]}}`,
  "URLs in a text": `services: {a: {image: x, environment: {U: "${"http://b:80 ".repeat(20_000)}"}}, b: {image: x}}`,
};

for (const [what, text] of Object.entries(taken)) {
  test(`${what} is read within a second`, () =>
    assert.deepEqual(
      quickly(() => problemsOfFiles(text), what),
      [],
    ));
}

function file(path: string, text: string): SourceFile {
  return { path, text };
}

const files: Readonly<Record<string, readonly [text: string, named: readonly SourceFile[], says: RegExp]>> = {
  "files that include each next one twice": [
    "include: [a0, a0]\nservices: {z: {image: x}}",
    Array.from({ length: 40 }, (_, i) => file(`a${i}`, `include: [a${i + 1}, a${i + 1}]`)),
    /takes in more than 100 files/,
  ],
  "a chain of a thousand files": [
    "include: [a0]\nservices: {z: {image: x}}",
    Array.from({ length: 1000 }, (_, i) => file(`a${i}`, `include: [a${i + 1}]`)),
    /takes in more than 100 files/,
  ],
  "a thousand files": [
    `include: [${times(1000, (i) => `a${i},`)}]\nservices: {z: {image: x}}`,
    Array.from({ length: 1000 }, (_, i) => file(`a${i}`, `services: {b${i}: {image: x}}`)),
    /takes in more than 100 files/,
  ],
  "an endless file of variables": [service("env_file: e"), [file("e", "A=b\n".repeat(2_500_000))], tooLarge],
  "a quote never closed": [
    service("env_file: e"),
    [file("e", `A="\n${"x\n".repeat(140_000)}`)],
    /never closed/,
  ],
};

for (const [what, [text, named, says]] of Object.entries(files)) {
  test(`${what}: refused within a second`, () => {
    const [first = "nothing"] = quickly(() => problemsOfFiles(text, named), what);
    assert.match(first, says);
  });
}
