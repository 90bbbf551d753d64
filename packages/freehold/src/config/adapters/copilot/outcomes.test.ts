import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import type { ReportRow } from "../adapter.ts";
import { manifestKeys } from "./manifests.ts";
import { type Expected, expectedOutcomes } from "./testing/outcomes.ts";
import { translated } from "./testing/translated.ts";
import { leavesOf } from "./walk.ts";
import { type WorkloadType, workloadTypes } from "./workload.ts";

for (const type of workloadTypes) {
  test(`each key of a ${type} becomes what the table says`, () => {
    for (const expected of expectedOutcomes[type]) {
      const [key, value, outcome, to = ""] = expected;
      const rows = rowsOf(type, key, value).filter((row) => row.key === rowKey(expected));
      assert.deepEqual(
        [...new Set(rows.map((row) => row.outcome)), rows.map((row) => row.to ?? "").join(", ")],
        [outcome, outcome === "mapped" ? full(to) : ""],
        `${type}: ${key}: ${JSON.stringify(value)}`,
      );
    }
  });

  test(`the table names every key of a ${type}`, () => {
    const told = new Set(expectedOutcomes[type].map(([key]) => key.replace("[0]", ".*")));
    const silent = leavesOf(manifestKeys[type]).filter((leaf) => ![...told].some((key) => isSame(leaf, key)));
    assert.deepEqual(silent, []);
  });
}

/** What follows `services.tea`, or a path from the top. */
function full(to: string): string {
  if (to.startsWith("/")) return to.slice(1);
  return to === "" || to.startsWith(",") ? `services.tea${to}` : `services.tea.${to}`;
}

/** Of a list there is a row for each of its items. */
function rowKey([key, value]: Expected): string {
  const items = ["http.additional_rules", "publish.topics", "subscribe.topics", "taskdef_overrides"];
  return Array.isArray(value) && items.includes(key) ? `${key}[0]` : key;
}

/** `sidecars.*` is `sidecars.nginx`, and a list's items are told by the list. */
function isSame(leaf: string, key: string): boolean {
  const pattern = leaf.split(".");
  const steps = key.split(".");
  const named =
    pattern.at(-1) === "*" && steps.length === pattern.length - 1 ? pattern.slice(0, -1) : pattern;
  return named.length === steps.length && named.every((step, index) => step === "*" || step === steps[index]);
}

function rowsOf(type: WorkloadType, key: string, value: unknown): readonly ReportRow[] {
  const base = { name: "tea", type, ...(type === "Scheduled Job" ? { on: { schedule: "@daily" } } : {}) };
  return translated({
    ".workspace": "application: house",
    "tea/manifest.yml": stringify(placed(base, key.replace("[0]", ".0").split("."), value)),
  }).rows;
}

function placed(
  base: Readonly<Record<string, unknown>>,
  [step = "", ...rest]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (rest.length === 0) return { ...base, [step]: value };
  if (rest[0] === "0") return { ...base, [step]: [placed({}, rest.slice(1), value)] };
  return { ...base, [step]: placed({}, rest, value) };
}
