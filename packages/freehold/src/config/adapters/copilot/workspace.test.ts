import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { placeAt, toValue } from "../../yaml/tree.ts";
import { type Files, translated } from "./testing/translated.ts";

const fixtures = join(import.meta.dirname, "fixtures");

function tearoom(): Files {
  const folder = join(fixtures, "tearoom/copilot");
  const names = globSync("{.workspace,**/*.yml}", { cwd: folder }).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("a workspace of all six types becomes the native file that stands beside it", () => {
  const expected = readFileSync(join(fixtures, "tearoom.native.yml"), "utf8");
  assert.deepEqual(toValue(translated(tearoom()).document), parse(expected));
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
