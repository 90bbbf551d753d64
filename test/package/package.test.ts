import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { freePort } from "../e2e/machine.ts";
import { repository } from "../house/source-files.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "freehold-package-"));
const bin = (name: string) => join(folder, "node_modules/.bin", name);

after(() => rmSync(folder, { recursive: true }));

/** Both packages as npm would publish them, installed into an empty folder. */
before(async () => {
  for (const name of ["freehold", "local-aws"])
    await run("npm", ["pack", "--pack-destination", folder], { cwd: join(repository, "packages", name) });
  writeFileSync(join(folder, "package.json"), "{}");
  const packed = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  assert.equal(packed.length, 2);
  await run("npm", ["install", "--no-audit", "--no-fund", ...packed.map((name) => `./${name}`)], {
    cwd: folder,
  });
});

/** The installed command under the Node that runs this test. */
function freehold(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const cwd = join(repository, "examples/shop");
  return run(process.execPath, [bin("freehold"), ...args], { cwd, env: { ...process.env, ...environment } });
}

test("carries what was made of the sources, and not the sources", () => {
  const files = readdirSync(join(folder, "node_modules/freehold"));
  assert.deepEqual(files.sort(), [
    "LICENSE",
    "README.md",
    "bin",
    "compose.schema.json",
    "dist",
    "package.json",
  ]);
  const made = readdirSync(join(folder, "node_modules/freehold/dist"), { recursive: true, encoding: "utf8" });
  assert.deepEqual(
    made.filter((name) => /\.ts$|\.test\.|testing/.test(name)),
    [],
  );
});

test("lists what it holds: the libraries of its bundle, and exactly what npm installed with it", () => {
  const { components } = JSON.parse(
    readFileSync(join(folder, "node_modules/freehold/dist/sbom.cdx.json"), "utf8"),
  );
  const names = (place: string): readonly string[] =>
    components
      .filter(
        ({ properties: [first] }: { readonly properties: readonly { readonly value: string }[] }) =>
          first?.value === place,
      )
      .map(({ name }: { readonly name: string }) => name);
  for (const name of ["commander", "yaml", "zod"]) assert.ok(names("bundled").includes(name), name);
  const lock = JSON.parse(readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8"));
  const installed = Object.keys(lock.packages).map((place) =>
    place.slice(place.lastIndexOf("node_modules/") + 13),
  );
  const listed = new Set([...names("bundled"), ...names("installed"), "freehold"]);
  assert.deepEqual(
    installed.filter((name) => !listed.has(name)),
    [],
  );
});

test("tells its version and checks a file as the sources do", async () => {
  assert.match((await freehold(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  const sources = join(repository, "packages/freehold/bin/freehold.mjs");
  const expected = await run(process.execPath, [sources, "check"], {
    cwd: join(repository, "examples/shop"),
  });
  assert.equal((await freehold(["check"])).stdout, expected.stdout);
});

test("starts local-aws, and leaves nothing of it", async () => {
  const place = { LOCAL_AWS_PORT: String(await freePort()), LOCAL_AWS_FOLDER: join(folder, "state") };
  try {
    assert.match((await freehold(["local", "start"], place)).stdout, new RegExp(place.LOCAL_AWS_PORT));
    assert.match((await freehold(["local", "status"], place)).stdout, /cloudfront|ecs|running/i);
  } finally {
    await freehold(["local", "reset", "--yes"], place);
  }
});

/** A file that is named by its address, not imported, and so unknown to the compiler. */
test("runs a function of the CDN in its thread", async () => {
  const path = "node_modules/@freehold/local-aws/dist/cloudfront/edge/function-runtime.js";
  const code = `
    import { createFunctionRuntime } from ${JSON.stringify(join(folder, path))};
    const program = { name: "f", version: "1", code: "function handler(event) { return event.uri; }" };
    console.log(JSON.stringify(await createFunctionRuntime().run(program, { uri: "/a" })));
    process.exit();`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code]);
  assert.match(stdout, /"value":"\/a"/);
});
