import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Findings } from "../../findings.ts";
import { placeAt } from "../../yaml/tree.ts";
import { adapt } from "../adapt.ts";
import { renderNativeFile } from "../native-file.ts";
import { type Files, sourcesOf, translated } from "./testing/translated.ts";

const fixtures = join(import.meta.dirname, "fixtures");

function tearoom(): Files {
  const folder = join(fixtures, "tearoom/copilot");
  const names = globSync("{.workspace,**/*.yml}", { cwd: folder }).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("a workspace of all six types becomes the native file that stands beside it", () => {
  const { files, adapter } = sourcesOf(tearoom());
  const adapted = adapt({ adapter, files, noticed: [] }, new Findings());
  const from = files.map(({ name }) => name);
  const text = renderNativeFile(adapted, { from, hasVariables: true });
  assert.equal(text, readFileSync(join(fixtures, "tearoom.native.yml"), "utf8"));
});

test("what is wrong with a value later on points into its manifest", () => {
  const { document } = translated(tearoom());
  const place = placeAt(document, ["services", "orders", "deploy", "resources", "limits", "memory"]);
  assert.deepEqual(place, { file: "copilot/orders/manifest.yml", line: 14, column: 1 });
});

test("every manifest has a row for each of its keys", () => {
  const told = new Set(translated(tearoom()).rows.map(({ place }) => `${place.file}:${place.line}`));
  const manifest = readFileSync(join(fixtures, "tearoom/copilot/storefront/manifest.yml"), "utf8");
  const values = manifest
    .split("\n")
    .flatMap((line, index) => (/^ *[A-Za-z_]+: \S/.test(line) ? [index + 1] : []));
  const silent = values.filter((line) => !told.has(`copilot/storefront/manifest.yml:${line}`));
  assert.deepEqual(silent, []);
});

test("a workspace whose own file was left out is read, and lacks only its name", () => {
  const { value, rows } = translated({
    "tea/manifest.yml": "type: Worker Service\nimage: { build: Dockerfile }",
  });
  assert.equal(value("services", "tea", "x-freehold", "type"), "worker");
  assert.equal(value("name"), undefined);
  assert.equal(rows.find(({ key }) => key === "copilot/.workspace")?.outcome, "without counterpart");
});
