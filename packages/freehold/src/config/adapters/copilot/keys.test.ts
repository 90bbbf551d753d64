import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentKeys } from "./environment-keys.ts";
import { manifestKeys } from "./manifests.ts";
import { pipelineKeys } from "./pipeline-keys.ts";
import {
  documentedEnvironmentKeys,
  documentedKeys,
  documentedPipelineKeys,
} from "./testing/documented-keys.ts";
import type { KeyTable } from "./treatment.ts";
import { isTreated } from "./walk.ts";
import { workloadTypes } from "./workload.ts";

for (const type of workloadTypes) {
  test(`every documented key of a ${type} has a treatment`, () => {
    assert.deepEqual(untreated(documentedKeys[type], manifestKeys[type]), []);
  });
}

test("every documented key of an environment has a treatment", () => {
  assert.deepEqual(untreated(documentedEnvironmentKeys, environmentKeys), []);
});

test("every documented key of a pipeline has a treatment", () => {
  assert.deepEqual(untreated(documentedPipelineKeys, pipelineKeys), []);
});

function untreated<Context>(keys: readonly string[], table: KeyTable<Context>): readonly string[] {
  return keys.filter((key) => !isTreated(table, key.split(".")));
}
