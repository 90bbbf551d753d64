import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const own = 'import { test } from "node:test"; import { createServer } from "node:net";';

/** What is said of files that run one after another, each in a process of its own. */
function said(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "apart-"));
  try {
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, `${name}.test.mjs`), `${own} ${text}`);
    writeFileSync(join(folder, "suite.mjs"), program(folder));
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    return execFileSync(process.execPath, [join(folder, "suite.mjs")], { env, encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function program(folder: string): string {
  const suite = {
    title: "apart",
    patterns: [join(folder, "*.test.mjs")],
    concurrency: 1,
    timeout: 3000,
  };
  return `
    import { runTests } from ${JSON.stringify(join(import.meta.dirname, "run-tests.ts"))};
    const { passed, failed } = await runTests(${JSON.stringify(suite)});
    console.log("tally", passed, failed);
  `;
}

test("a file that something keeps alive is ended and has failed; the next one runs", () => {
  const files = {
    a: 'test("one", () => { createServer().listen(0); });',
    b: 'test("two", () => {}); test("three", () => {});',
  };
  assert.match(said(files), /a\.test\.mjs.*was aborted due to timeout.*tally 3 1/s);
});

test("files that end before their tests do, or have none, have not passed", () => {
  const files = {
    ends: 'test("one", () => {}); test("two", async () => { setTimeout(() => process.exit(0), 100); await new Promise(() => {}); });',
    none: "",
    throws: 'throw new RangeError("broken");',
  };
  const text = said(files);
  assert.match(text, /ends\.test\.mjs: it registers no test, or ended before its tests did/);
  assert.match(text, /none\.test\.mjs: it registers no test, or ended before its tests did/);
  assert.match(text, /tally 0 3/);
});
