import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { Findings } from "../../findings.ts";
import { placeAt, toValue } from "../../yaml/tree.ts";
import { type Translation, translateWorkspace } from "./workspace.ts";

const fixtures = join(import.meta.dirname, "fixtures");

function translated(): Translation {
  const findings = new Findings();
  const names = globSync("copilot/{.workspace,**/*.yml}", { cwd: join(fixtures, "tearoom") }).sort();
  const files = names.map((name) => ({
    path: name.slice("copilot/".length),
    source: { path: name, text: readFileSync(join(fixtures, "tearoom", name), "utf8") },
  }));
  const translation = translateWorkspace(files, findings);
  findings.throwProblems();
  return translation;
}

test("a workspace of all six types becomes the native file that stands beside it", () => {
  const expected = readFileSync(join(fixtures, "tearoom.native.yml"), "utf8");
  assert.deepEqual(toValue(translated().tree), parse(expected));
});

test("what is wrong with a value later on points into its manifest", () => {
  const { tree } = translated();
  const place = placeAt(tree, ["services", "orders", "deploy", "resources", "limits", "memory"]);
  assert.deepEqual(place, { file: "copilot/orders/manifest.yml", line: 14, column: 1 });
});

test("every manifest has a row for each of its keys", () => {
  const told = new Set(translated().rows.map(({ place }) => `${place.file}:${place.line}`));
  const manifest = readFileSync(join(fixtures, "tearoom/copilot/storefront/manifest.yml"), "utf8");
  const values = manifest
    .split("\n")
    .flatMap((line, index) => (/^ *[A-Za-z_]+: \S/.test(line) ? [index + 1] : []));
  const silent = values.filter((line) => !told.has(`copilot/storefront/manifest.yml:${line}`));
  assert.deepEqual(silent, []);
});
