import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "together-"));
after(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly name: string;
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly says?: RegExp;
}

const sound = 'test("one", () => {}); describe("some", () => { test("two", () => {}); });';
/** What a file may do, and what is said of it. All of them run in one process: none may harm the next. */
const rows: readonly Row[] = [
  { name: "is sound at first", file: sound, passed: 2, failed: 0 },
  { name: "has a test that fails", file: `${sound} test("no", () => assert.fail());`, passed: 2, failed: 1 },
  { name: "skips a test", file: `${sound} test("skipped", { skip: true }, () => {});`, passed: 2, failed: 1 },
  { name: "throws when loaded", file: 'throw new Error("broken");', passed: 0, failed: 1, says: /broken/ },
  { name: "has a syntax error", file: "const", passed: 0, failed: 1, says: /SyntaxError/ },
  { name: "registers no test", file: "", passed: 0, failed: 1, says: /registers no test/ },
  { name: "fails in its own hook", file: `${sound} after(() => assert.fail("hook"));`, passed: 2, failed: 1 },
  { name: "never ends", file: 'test("forever", () => new Promise(() => {}));', passed: 0, failed: 1 },
  {
    name: "rejects beside its tests",
    file: `${sound} void Promise.reject(new Error("lost"));`,
    passed: 2,
    failed: 1,
    says: /lost/,
  },
  {
    name: "leaves a server",
    file: `${sound} createServer().listen(0);`,
    passed: 2,
    failed: 1,
    says: /left open/,
  },
  {
    name: "leaves a variable",
    file: `${sound} process.env.LEFT = "1";`,
    passed: 2,
    failed: 1,
    says: /left in process\.env/,
  },
  {
    name: "leaves the folder",
    file: `${sound} process.chdir("/");`,
    passed: 2,
    failed: 1,
    says: /another folder/,
  },
  {
    name: "leaves a listener to a signal",
    file: `${sound} process.on("SIGTERM", () => {});`,
    passed: 2,
    failed: 1,
    says: /left listening to signals/,
  },
  { name: "is sound at last", file: sound, passed: 2, failed: 0 },
];
const imports = `import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, describe, test } from "node:test";
`;

function write(name: string, text: string): string {
  const file = join(folder, `${name.replaceAll(" ", "-")}.test.ts`);
  writeFileSync(file, imports + text);
  return file;
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly problem?: string;
  /** Everything that failed in the file, and what was said on standard error. */
  readonly told: string;
}

/** In a process of its own, since Node runs no tests from within a test. */
function runTogether(files: readonly string[]): readonly Outcome[] {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const program = join(import.meta.dirname, "testing/tell-outcomes.ts");
  return JSON.parse(execFileSync(process.execPath, [program, ...files], { env, encoding: "utf8" }));
}

describe("of files that share a process, one that", () => {
  const outcomes = runTogether(rows.map(({ name, file }) => write(name, file)));
  for (const [index, { name, passed, failed, says }] of rows.entries()) {
    test(name, () => {
      const outcome = outcomes[index];
      assert.deepEqual([outcome?.passed, outcome?.failed], [passed, failed], outcome?.told);
      if (says !== undefined) assert.match(outcome?.told ?? "", says);
    });
  }

  test("ends the process is named, and has not passed", () => {
    const files = [write("before the end", sound), write("ending", `${sound} process.exit(0);`)];
    const [before, ended] = runTogether(files);
    assert.deepEqual([before?.passed, before?.failed], [2, 0]);
    assert.deepEqual([ended?.passed, ended?.failed], [0, 1]);
    assert.match(ended?.told ?? "", /it never ended.*ending\.test\.ts ended the process/s);
  });
});
