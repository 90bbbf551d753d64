import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { callFreehold, type Said } from "./testing/call-freehold.ts";

const tearoom = fileURLToPath(new URL("../config/adapters/copilot/fixtures/tearoom/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "freehold-import-"));
after(() => rmSync(folder, { recursive: true }));
cpSync(tearoom, folder, { recursive: true });

function freehold(...words: readonly string[]): Promise<Said> {
  return freeholdIn(folder, ...words);
}

function freeholdIn(cwd: string, ...words: readonly string[]): Promise<Said> {
  return callFreehold(words, { folder: cwd, environment: { HOME: folder } });
}

async function collections(): Promise<unknown> {
  const { status, stdout, stderr } = await freehold("check", "--json");
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout).collections;
}

test("import writes a file that check accepts and that means the same", async () => {
  const before = await collections();
  const { status, stdout, stderr } = await freehold("import", "copilot");
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /^ {2}copilot\/storefront\/manifest\.yml:14 +http\.path +→ services\.storefront\.x-freehold\.path$/m,
  );
  assert.match(
    stdout,
    /^ {2}copilot\/brewer\/manifest\.yml:\d+ +subscribe\.topics\[0\] +→ x-freehold\.resources\.storefront-baskets\.type$/m,
  );
  assert.match(stdout, /^\d+ keys: \d+ mapped, \d+ noted, \d+ without counterpart$/m);
  assert.ok(existsSync(join(folder, "freehold.yml")));
  assert.deepEqual(await collections(), before);
});

test("import never writes over a file, and says what it can read", async () => {
  assert.match((await freehold("import")).stderr, /There is such a file already; nothing was written/);
  assert.match((await freehold("import", "heroku")).stderr, /`heroku` is no tool whose files are read/);
  assert.match((await freehold("import", "cnc")).stderr, /There is nothing to import in /);
  assert.equal((await freehold("import", "cnc")).status, 1);
});

test("import tells programs what became of every key", async () => {
  const { stdout } = await freehold("import", "copilot", "-o", "other.yml", "--json");
  const { file, report } = JSON.parse(stdout);
  assert.equal(file, "other.yml");
  const row = report.find(({ key }: { readonly key: string }) => key === "on.schedule");
  assert.deepEqual([row.outcome, row.to], ["mapped", "services.digest.x-freehold.schedule"]);
});

test("import reads a workspace whose own file is missing, and writes nothing where no service is described", async () => {
  rmSync(join(folder, "copilot/.workspace"));
  const { status, stderr } = await freehold("import", "copilot", "-o", "unnamed.yml");
  assert.equal(status, 0, stderr);
  const empty = join(folder, "empty");
  cpSync(join(tearoom, "copilot/.workspace"), join(empty, "copilot/.workspace"));
  const run = await freeholdIn(empty, "import");
  assert.deepEqual([run.status, existsSync(join(empty, "freehold.yml"))], [1, false]);
  assert.match(run.stderr, /No service is described in copilot\/\.workspace; nothing was written/);
});
