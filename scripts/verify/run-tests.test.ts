import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "apart-"));
after(() => rmSync(folder, { recursive: true }));

const program = `
  import { runTests } from ${JSON.stringify(join(import.meta.dirname, "run-tests.ts"))};
  const suite = { title: "apart", patterns: [${JSON.stringify(join(folder, "*.test.mjs"))}], concurrency: 1, timeout: 3000 };
  const { passed, failed } = await runTests(suite);
  console.log("tally", passed, failed);
`;

test("a file that something keeps alive is ended and has failed; the next one runs", () => {
  const own = 'import { test } from "node:test"; import { createServer } from "node:net";';
  writeFileSync(join(folder, "a.test.mjs"), `${own} test("one", () => { createServer().listen(0); });`);
  writeFileSync(join(folder, "b.test.mjs"), `${own} test("two", () => {}); test("three", () => {});`);
  writeFileSync(join(folder, "suite.mjs"), program);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const said = execFileSync(process.execPath, [join(folder, "suite.mjs")], { env });
  assert.match(String(said), /a\.test\.mjs.*was aborted due to timeout.*tally 3 1/s);
});
