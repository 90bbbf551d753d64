import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "../../terraform/plan.ts";
import { renderChanges } from "./changes.ts";
import { renderDescription } from "./description.ts";
import { renderLasting } from "./lasting.ts";
import { wrap } from "./wrap.ts";

test("a text is broken at blanks and hangs below its beginning", () => {
  assert.deepEqual(wrap("one two three", 11, "- ", "  "), ["- one two", "  three"]);
  assert.deepEqual(wrap("unbreakable", 4, "> "), ["> unbreakable"]);
  assert.deepEqual(wrap("a  b", 80, ""), ["a  b"]);
});

const sections = [
  {
    heading: "shop",
    rows: [
      ["api", "web", "/api → port 8000, 1 × 0.25 vCPU", "it publishes a port"],
      ["db", "database", "PostgreSQL 17", "its image is postgres:17"],
    ],
  },
  { heading: "notes", rows: [["services.db", "not needed"]] },
];

test("a description: columns where they fit, below each other where not", () => {
  assert.deepEqual(renderDescription(sections), [
    "shop",
    "  api  web       /api → port 8000, 1 × 0.25 vCPU  it publishes a port",
    "  db   database  PostgreSQL 17                    its image is postgres:17",
    "",
    "notes",
    "  services.db  not needed",
  ]);
  assert.deepEqual(renderDescription(sections, 50), [
    "shop",
    "  api  web       /api → port 8000, 1 × 0.25 vCPU;",
    "                 it publishes a port",
    "  db   database  PostgreSQL 17; its image is",
    "                 postgres:17",
    "",
    "notes",
    "  services.db  not needed",
  ]);
  assert.deepEqual(renderDescription(sections, 32), [
    "shop",
    "  api  web",
    "      /api → port 8000, 1 × 0.25",
    "      vCPU; it publishes a port",
    "  db   database",
    "      PostgreSQL 17; its image",
    "      is postgres:17",
    "",
    "notes",
    "  services.db  not needed",
  ]);
});

function change(address: string, action: Change["action"], part: Partial<Change> = {}): Change {
  const [type = ""] = address.split(".");
  return { address, type, action, changed: [], replacedFor: [], isImport: false, losesData: false, ...part };
}

test("changes: few are named, many are counted, and what is not new always stands alone", () => {
  assert.deepEqual(renderChanges("environment", []), ["  environment: nothing to change"]);
  const few = [
    change("aws_ecs_service.api", "update", { changed: ["tags"] }),
    change("aws_s3_bucket.a", "create"),
    change("aws_db_instance.db", "replace", { replacedFor: ["engine"], losesData: true }),
  ];
  assert.deepEqual(renderChanges("environment", few), [
    "  environment:",
    "    ~ aws_ecs_service.api (tags)",
    "    ± aws_db_instance.db (engine) — its data would be lost",
    "    + aws_s3_bucket.a",
  ]);
  const many = Array.from({ length: 13 }, (_, index) => change(`aws_iam_role.r${index}`, "create"));
  assert.deepEqual(renderChanges("collection", [...many, change("aws_vpc.main", "create")]), [
    "  collection:",
    "    + 14 to create: 13 × iam role, vpc",
  ]);
});

test("a release that is foreseen names the services, and what is new of them", () => {
  const services = [
    { name: "api", changed: ["LOG_LEVEL", "memory"] },
    { name: "worker", changed: [] },
  ];
  assert.deepEqual(renderLasting({ type: "foreseen", services }), [
    "  release:",
    "    ~ api (LOG_LEVEL, memory)",
    "    ~ worker",
  ]);
});
