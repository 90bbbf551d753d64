import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { propertyRuns } from "../app/testing/property-runs.ts";
import { UserError } from "../errors.ts";
import { parseApplication } from "./parse.ts";
import { quickly } from "./testing/quickly.ts";
import { environmentFile, validFile } from "./testing/valid/file.ts";

const shop = readFileSync(new URL("../../../../examples/shop/compose.yaml", import.meta.url), "utf8");

/** Anything but an application or problems with their places is a bug. */
function survives(text: string): void {
  try {
    const options = { folder: "shop", variables: { HOME: "/root" }, namedFiles: [environmentFile] };
    quickly(() => parseApplication([{ path: "compose.yaml", text }], options), text);
  } catch (error) {
    assert.ok(error instanceof UserError, `${String(error)} for ${text}`);
    assert.ok(error.problems.length > 0);
    for (const { place, message } of error.problems) {
      assert.ok(place?.file === "compose.yaml" && (place.line ?? 0) > 0 && (place.column ?? 0) > 0, message);
    }
  }
}

test("a file damaged byte by byte gives an application or problems with places", () => {
  const damage = fc.record({
    at: fc.nat({ max: shop.length }),
    remove: fc.nat({ max: 12 }),
    insert: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        "\n",
        "\t",
        "&a ",
        "*a",
        "<<: ",
        "${",
        "$",
        "'",
        '"',
        "!!binary ",
        "|\n",
        "? ",
      ),
    ),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
      survives(
        damages.reduce(
          (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
          shop,
        ),
      );
    }),
    { numRuns: propertyRuns(100) },
  );
});

test("any values under the keys of a file give an application or problems with places", () => {
  const keys = [
    "image",
    "build",
    "ports",
    "environment",
    "depends_on",
    "deploy",
    "x-freehold",
    "volumes",
    "command",
    "env_file",
    "healthcheck",
    "services",
    "name",
    "type",
    "uses",
    "schedule",
    "collections",
    "resources",
    "health",
    "scale",
    "__proto__",
    "constructor",
    "toString",
  ];
  const leaf = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double(),
    fc.constantFrom(
      "web",
      "site",
      "cron",
      "database",
      "postgres:17",
      "postgres://db/x",
      "a",
      "80:80",
      "* * * * *",
    ),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string({ maxLength: 4 })), tie("tree"), {
        maxKeys: 4,
      }),
    ),
  }));
  const services = fc.dictionary(fc.constantFrom("a", "db", "web", "__proto__", "constructor"), tree);
  fc.assert(
    fc.property(services, tree, (named, extension) => {
      survives(JSON.stringify({ services: named, "x-freehold": extension }));
    }),
    { numRuns: propertyRuns(100) },
  );
});

test("a valid file with parts put elsewhere, taken out or replaced gives an application or problems with places", () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("web", "-1", "1e999", "2g", "db", "*/5 * * * *"),
  );
  const change = fc.record({ at: fc.nat(), with: fc.oneof(odd, fc.constant(undefined)) });
  fc.assert(
    fc.property(validFile, fc.array(change, { minLength: 1, maxLength: 3 }), (file, changes) => {
      const changed = changes.reduce<unknown>((tree, { at, with: part }) => replaced(tree, at, part), file);
      survives(JSON.stringify(changed ?? null));
    }),
    { numRuns: propertyRuns(50) },
  );
});

/** The tree with one part at some depth replaced; undefined takes it out. */
function replaced(tree: unknown, at: number, part: unknown): unknown {
  if (typeof tree !== "object" || tree === null) return part;
  const entries = Object.entries(tree);
  const index = at % (entries.length + 1);
  const changed = entries.map(([key, value], position) => [
    key,
    position === index ? replaced(value, Math.floor(at / (entries.length + 1)), part) : value,
  ]);
  if (index === entries.length) return part;
  return Array.isArray(tree) ? changed.map(([, value]) => value) : Object.fromEntries(changed);
}

test("absurd nesting is a problem, not a crash", () => {
  survives("[".repeat(50_000));
  survives(`services: {a: ${"{a: ".repeat(20_000)}`);
  survives("a: &a [*a]");
  survives(`services:\n${"  - ".repeat(5_000)}x`);
});
