import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stringify } from "yaml";
import { propertyRuns } from "../../../app/testing/property-runs.ts";
import { UserError } from "../../../errors.ts";
import {
  documentedEnvironmentKeys,
  documentedKeys,
  documentedPipelineKeys,
} from "./testing/documented-keys.ts";
import { applicationOf, type Files } from "./testing/translated.ts";
import { workloadTypes } from "./workload.ts";

/** Anything but an application or problems with their places is a bug. */
function survives(files: Files): void {
  try {
    applicationOf(files);
  } catch (error) {
    assert.ok(error instanceof UserError, `${String(error)} for ${JSON.stringify(files)}`);
    for (const { place, message } of error.problems) {
      assert.ok(place?.file.startsWith("copilot/") && (place.line ?? 0) > 0, message);
    }
  }
}

const leaf = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double(),
  fc.constantFrom(
    "1-10",
    "@daily",
    "rate(5 minutes)",
    "15s",
    "linux/arm64",
    "${COPILOT_ENVIRONMENT_NAME}",
    "$",
    "\\${A}",
  ),
);

/** Any value under any documented key, at its own place and under an environment. */
function manifests(type: string, keys: readonly string[]): fc.Arbitrary<string> {
  const key = fc.constantFrom(...keys);
  const value = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 2 }),
    fc.dictionary(fc.string({ maxLength: 3 }), leaf),
  );
  const settings = fc.array(fc.tuple(fc.boolean(), key, value), { maxLength: 5 });
  return settings.map((all) =>
    stringify(
      all.reduce<Tree>(
        (tree, [isOverride, path, one]) =>
          put(tree, [...(isOverride ? ["environments", "test"] : []), ...path.split(".")], one),
        { type },
      ),
    ),
  );
}

interface Tree {
  readonly [key: string]: unknown;
}

function put(tree: Tree, [step = "", ...rest]: readonly string[], value: unknown): Tree {
  const name = step === "*" ? "any" : step;
  if (rest.length === 0) return { ...tree, [name]: value };
  const below = tree[name];
  return { ...tree, [name]: put(isTree(below) ? below : {}, rest, value) };
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

for (const type of workloadTypes) {
  test(`any values under the keys of a ${type} give an application or problems with places`, () => {
    const property = fc.property(manifests(type, documentedKeys[type]), (text) => {
      survives({
        ".workspace": "application: house",
        "tea/manifest.yml": text,
        "environments/prod/manifest.yml": "{}",
      });
    });
    fc.assert(property, { numRuns: propertyRuns(20) });
  });
}

test("any values under the keys of environments and pipelines give an application or problems with places", () => {
  const files = fc.record({
    ".workspace": fc.constantFrom("application: house", "application: [1]", "a: 1"),
    "environments/test/manifest.yml": manifests("Environment", documentedEnvironmentKeys),
    "pipelines/main/manifest.yml": manifests("Pipeline", documentedPipelineKeys),
    "tea/manifest.yml": fc.constant("type: Worker Service\nimage: { location: 'example/tea:1' }"),
    "tea/addons/a.yml": fc.json({ maxDepth: 3 }).map((json) => `Resources: ${json}`),
  });
  fc.assert(fc.property(files, survives), { numRuns: propertyRuns(20) });
});
