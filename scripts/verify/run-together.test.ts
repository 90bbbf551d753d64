import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { promisify } from "node:util";

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
    name: "leaves a timer",
    file: `${sound} setInterval(() => {}, 1_000);`,
    passed: 2,
    failed: 1,
    says: /left open/,
  },
  {
    name: "leaves an exit code",
    file: `${sound} process.exitCode = 3;`,
    passed: 2,
    failed: 1,
    says: /left an exit code/,
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
async function runTogether(files: readonly string[]): Promise<readonly Outcome[]> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const program = join(import.meta.dirname, "testing/tell-outcomes.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...files], { env });
  return JSON.parse(stdout);
}

describe("of files that share a process, one that", () => {
  const outcomes = runTogether(rows.map(({ name, file }) => write(name, file)));
  for (const [index, { name, passed, failed, says }] of rows.entries()) {
    test(name, async () => {
      const outcome = (await outcomes)[index];
      assert.deepEqual([outcome?.passed, outcome?.failed], [passed, failed], outcome?.told);
      if (says !== undefined) assert.match(outcome?.told ?? "", says);
    });
  }
});

/** What no other file runs behind. */
const endings: readonly Row[] = [
  {
    name: "ends the process is named",
    file: `${sound} process.exit(0);`,
    passed: 0,
    failed: 1,
    says: /it never ended.*ended the process/s,
  },
  {
    name: "never gives the thread back is ended",
    file: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
    passed: 0,
    failed: 1,
    says: /it never ended/,
  },
  {
    name: "keeps other tests from running is found",
    file: `${sound} test("alone", { only: true }, () => {});`,
    passed: 1,
    failed: 1,
    says: /left out by `only`/,
  },
];

describe("of files that share a process, the last, which", () => {
  // All at once: one of them is waited for until patience is over.
  const running = endings.map(({ name, file }) =>
    runTogether([write(`before one that ${name}`, sound), write(name, file)]),
  );
  for (const [index, { name, passed, failed, says = /./ }] of endings.entries())
    test(name, async () => {
      const [before, outcome] = (await running[index]) ?? [];
      assert.deepEqual([before?.passed, before?.failed], [2, 0]);
      assert.deepEqual([outcome?.passed, outcome?.failed], [passed, failed], outcome?.told);
      assert.match(outcome?.told ?? "", says);
    });
});
