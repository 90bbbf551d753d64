import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../errors.ts";
import { resource } from "./block.ts";
import { creationOf, readPlan } from "./plan.ts";

const canary = "canary-5b0c";

function change(type: string, actions: readonly string[], more: object = {}) {
  const { before = {}, after = {}, ...rest } = { before: undefined, after: undefined, ...more };
  return {
    address: `${type}.main`,
    mode: "managed",
    type,
    name: "main",
    change: { actions, before, after, after_unknown: {}, ...rest },
  };
}

function plan(...resource_changes: readonly object[]) {
  return readPlan({ format_version: "1.2", resource_changes });
}

test("a change names the arguments, never their values", () => {
  const read = plan(
    change("aws_ecs_service", ["update"], {
      before: { name: "a", password: canary, tags: { x: "1" } },
      after: { name: "a", password: `${canary}2`, tags: { x: "1" } },
      after_unknown: { arn: true, tags: {} },
    }),
  );
  assert.deepEqual(read.changes[0]?.changed, ["arn", "password"]);
  assert.ok(!JSON.stringify(read).includes(canary));
});

test("a replacement says which argument forces it, and whether data is lost", () => {
  const paths = { replace_paths: [["engine"], ["setting", 0, "name"]] };
  const [database, service] = plan(
    change("aws_db_instance", ["delete", "create"], paths),
    change("aws_ecs_service", ["create", "delete"], paths),
  ).changes;
  assert.equal(database?.action, "replace");
  assert.deepEqual(database?.replacedFor, ["engine", "setting.0.name"]);
  assert.equal(database?.losesData, true);
  assert.equal(service?.losesData, false);
});

test("what stays, and what is only read, is no change", () => {
  const read = { ...change("aws_security_group", ["read"]), mode: "data" };
  assert.deepEqual(plan(change("aws_vpc", ["no-op"]), read).changes, []);
});

test("taking something in is a change, also when nothing else happens to it", () => {
  const taken = change("aws_secretsmanager_secret", ["no-op"], { importing: { id: "x" } });
  assert.deepEqual(
    plan(taken).changes.map((one) => [one.action, one.isImport]),
    [["import", true]],
  );
});

test("outputs alone may change", () => {
  const output_changes = { freehold: { actions: ["update"], before: { a: [canary] }, after: { a: [1] } } };
  const read = readPlan({ format_version: "1.2", output_changes });
  assert.deepEqual([read.outputsChange, read.outputs], [true, [["freehold", "a", "0"]]]);
  assert.equal(
    readPlan({ format_version: "1.2", output_changes: { freehold: { actions: ["no-op"] } } }).outputsChange,
    false,
  );
});

test("half a plan, or another format, is refused", () => {
  for (const json of [{}, null, { format_version: "2.0" }, { format_version: "1.2", errored: true }]) {
    assert.throws(() => readPlan(json), UserError);
  }
});

test("blocks alone tell what would be made", () => {
  const blocks = [resource("aws_vpc", "main", {}), resource("aws_ecs_cluster", "main", { name: "x" })];
  assert.deepEqual(
    creationOf(blocks).map((one) => [one.action, one.address]),
    [
      ["create", "aws_ecs_cluster.main"],
      ["create", "aws_vpc.main"],
    ],
  );
});
