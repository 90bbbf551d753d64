import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv } from "ajv";
import { parse as parseYaml } from "yaml";
import { fileSchema } from "./file-schema.ts";

// The pattern beside the format is what tells an address.
const validate = new Ajv({ strict: false, allErrors: true, formats: { email: true } }).compile(fileSchema());

function faultsOf(text: string): readonly string[] {
  const tree: unknown = parseYaml(text, { merge: true });
  return validate(tree) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath);
}

test("the shop's file is right", () => {
  const shop = join(import.meta.dirname, "../../../../../examples/shop/compose.yaml");
  assert.deepEqual(faultsOf(readFileSync(shop, "utf8")), []);
});

const right: Readonly<Record<string, string>> = {
  "an image alone": "services: { a: { image: nginx } }",
  "what Compose has and Fargate has not": "services: { a: { image: nginx, hostname: a, x-mine: { b: 1 } } }",
  "a variable where a number stands":
    'services: { a: { image: n, x-freehold: { type: web, port: "${PORT:-80}" } } }',
  "a long form with a noted key": "services: { a: { build: { context: ., pull: true } } }",
  "a resource": "x-freehold: { resources: { q: { type: queue, fifo: true } } }",
  "a service left out": "services: { a: { image: n, x-freehold: { type: ignore } } }",
  "a collection of defaults": "x-freehold: { collections: { dev: { environments: { staging: null } } } }",
  "an address of mail": "x-freehold: { collections: { dev: { alarms: { email: ops@example.org } } } }",
};

for (const [what, file] of Object.entries(right))
  test(`right: ${what}`, () => assert.deepEqual(faultsOf(file), []));

const wrong: Readonly<Record<string, readonly [file: string, at: string]>> = {
  "an unknown key of a service": ["services: { a: { image: n, prots: [] } }", "/services/a"],
  "a refused key": ["services: { a: { image: n, privileged: true } }", "/services/a/privileged"],
  "a value out of range": [
    "services: { a: { image: n, x-freehold: { type: queue, retention_days: 20 } } }",
    "/services/a/x-freehold/retention_days",
  ],
  "a resource of no type": ["x-freehold: { resources: { q: { fifo: true } } }", "/x-freehold/resources/q"],
  "an unknown setting of the whole": ["x-freehold: { colections: {} }", "/x-freehold"],
  "an address of mail that is none": [
    "x-freehold: { collections: { dev: { alarms: { email: nobody } } } }",
    "/x-freehold/collections/dev/alarms/email",
  ],
};

for (const [what, [file, at]] of Object.entries(wrong))
  test(`wrong: ${what}`, () => assert.ok(faultsOf(file).includes(at), faultsOf(file).join(" ")));
