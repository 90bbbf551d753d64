import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { callFreehold, type Said } from "./testing/call-freehold.ts";

const binary = fileURLToPath(new URL("../../bin/freehold.mjs", import.meta.url));
const shop = fileURLToPath(new URL("../../../../examples/shop/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "freehold-cli-"));
after(() => rmSync(folder, { recursive: true }));

const environment = { PATH: process.env["PATH"], HOME: folder, AWS_EC2_METADATA_DISABLED: "true" };

function freehold(words: readonly string[], at = folder): Promise<Said> {
  return callFreehold(words, { folder: at, environment });
}

/** What is not told by a call in this process: that the program starts, and what it ends with. */
function program(...words: readonly string[]) {
  return spawnSync(process.execPath, [binary, ...words], { cwd: shop, env: environment, encoding: "utf8" });
}

test("--version and --help", async () => {
  assert.match(program("--version").stdout, /^\d+\.\d+\.\d+\n$/);
  const { status, stdout } = await freehold(["--help"]);
  assert.equal(status, 0);
  for (const verb of [
    "check",
    "plan",
    "up",
    "status",
    "logs",
    "run",
    "secrets",
    "rollback",
    "destroy",
    "local",
  ]) {
    assert.match(stdout, new RegExp(`^  ${verb} `, "m"));
  }
});

test("a reader that goes away breaks nothing off", () => {
  for (const command of ["check", "--help", "nonsense 2>&1"]) {
    const line = `set -o pipefail; "${process.execPath}" "${binary}" ${command} | true`;
    const { status, stderr } = spawnSync("bash", ["-c", line], {
      cwd: shop,
      env: environment,
      encoding: "utf8",
    });
    assert.deepEqual([status, stderr], [command.startsWith("nonsense") ? 2 : 0, ""], command);
  }
});

test("wrong usage exits with 2", async () => {
  for (const args of [["nonsense"], ["plan", "--nonsense"], ["run"], ["secrets"], []]) {
    assert.equal((await freehold(args)).status, 2, args.join(" "));
  }
});

test("check says what each thing becomes", async () => {
  const { status, stdout } = await freehold(["check"], shop);
  assert.equal(status, 0);
  assert.match(stdout, /^ {2}api +web +\/api → port 8000, 1 × 0\.25 vCPU, 512 MiB, health \/api\/health/m);
  assert.match(stdout, /^ {2}db +database +PostgreSQL 17, db\.t4g\.micro/m);
  assert.match(stdout, /^ {2}api +← db +DATABASE_URL \(postgres:\/\/…\/shop\), DB_HOST/m);
});

test("check --json prints the application", () => {
  const { status, stdout } = program("check", "--json");
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).name, "shop");
});

test("init ends with what check says, exit 1 where something stands in the way", async () => {
  const project = mkdtempSync(join(folder, "project-"));
  const file = join(project, "compose.yaml");
  writeFileSync(file, "services: { app: { image: nginx:1, prots: [80] } }\n");
  const refused = await freehold(["init", "--yes", project]);
  assert.equal(refused.status, 1);
  assert.match(
    refused.stdout,
    /^in the way:\n.*compose\.yaml:1:36 {2}services\.app\.prots is not a setting/m,
  );
  assert.match(refused.stdout, /^ {2}`freehold check`, /m);
  const { problems } = JSON.parse((await freehold(["init", "--yes", "--json", project])).stdout);
  assert.deepEqual(problems[0].place.line, 1);
  writeFileSync(file, "services: { app: { image: nginx:1, ports: [80] } }\n");
  const { status, stdout } = await freehold(["init", "--yes"], project);
  assert.equal(status, 0);
  assert.match(stdout, /^ {2}app {2}web {2}\/ → port 80/m);
  assert.match(stdout, /^ {2}`freehold up --local`/m);
});

test("a wrong file: every problem with its place, exit 1, and as JSON", async () => {
  writeFileSync(
    join(folder, "bad.yml"),
    'services:\n  a: { image: x, prots: [80] }\n  b: { image: "postgres:9" }\n',
  );
  const { status, stderr } = await freehold(["check", "-f", "bad.yml"]);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^bad\.yml:2:18 {2}services\.a\.prots is not a setting of Compose\n +did you mean `ports`\?/,
  );
  assert.match(stderr, /^bad\.yml:3:8 {2}services\.b\.image postgres:9 is past the end/m);
  assert.match(stderr, /^2 problems; nothing was changed$/m);
  const { stdout } = await freehold(["check", "--json", "-f", "bad.yml"]);
  assert.deepEqual(
    JSON.parse(stdout).problems.map(({ code }: { code: string }) => code),
    ["unknown-key", "version"],
  );
});

test("no file, and a file that is not there", async () => {
  const none = await freehold(["check"]);
  assert.deepEqual([none.status, none.stderr.includes("There is no Compose file")], [1, true]);
  assert.match((await freehold(["check", "-f", "gone.yml"])).stderr, /^gone\.yml: There is no such file\./);
});

test("the file is found from a folder below, with .env and env_file beside it", async () => {
  const { status, stdout } = await freehold(["check", "--json"], join(shop, "api"));
  assert.deepEqual([status, JSON.parse(stdout).name], [0, "shop"]);
  writeFileSync(join(folder, "env.yml"), "services: { a: { image: 'x:${TAG}', env_file: a.env } }\n");
  writeFileSync(join(folder, ".env"), "TAG=one\n");
  writeFileSync(join(folder, "a.env"), "FROM_FILE=yes\n");
  const [a] = JSON.parse((await freehold(["check", "--json", "-f", "env.yml"])).stdout).collections[0]
    .environments[0].services;
  assert.deepEqual([a.image.reference, a.variables.FROM_FILE], ["x:one", "yes"]);
});

test("no credentials: said with the way out, before anything is touched", () => {
  const { status, stderr } = program("plan");
  assert.equal(status, 1);
  assert.match(stderr, /credentials/i);
  assert.match(stderr, /--local/);
});

test("a secret's value comes from standard input only", async () => {
  const { status, stderr } = await freehold(["secrets", "set", "KEY"], shop);
  assert.equal(status, 2);
  assert.match(stderr, /printf %s "\$VALUE" \| freehold secrets set KEY/);
  assert.equal((await freehold(["secrets", "set", "KEY", "value"], shop)).status, 2);
});

test("a secret's value is asked for once it is known where it goes", async () => {
  const { stderr } = await freehold(["secrets", "set", "KEY", "-e", "nope"], shop);
  assert.match(stderr, /^nope: There is no such environment\.\n {2}The file has default\/dev\.\n$/);
});
