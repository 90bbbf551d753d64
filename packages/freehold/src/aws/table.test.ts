import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleFrom } from "./testing/example.ts";
import { look, rootOf } from "./testing/look.ts";

const file = `
services:
  api: { image: "api:1", x-freehold: { uses: [orders] } }
  other: { image: "api:1", x-freehold: { uses: [plain] } }
x-freehold:
  resources:
    orders:
      type: table
      key: customer
      sort: { name: at, type: number }
      indexes:
        by_status: { key: status, sort: { name: at, type: number }, holds: [total] }
        by_total: { sort: { name: total, type: number }, local: true, holds: keys }
      ttl: gone_at
      stream: both
    plain: { type: table }
`;

const { environment, stackOf } = exampleFrom(file);
const stack = stackOf(environment);

test("a table has its keys, its indexes and the attributes they are made of, each once", () => {
  const table = look(stack, "aws_dynamodb_table.orders");
  assert.deepEqual([table.hash_key, table.range_key], ["customer", "at"]);
  assert.deepEqual(
    table.attribute.map((one: { readonly name: string; readonly type: string }) => `${one.name} ${one.type}`),
    ["at N", "customer S", "status S", "total N"],
  );
  const [global] = table.global_secondary_index;
  assert.deepEqual(
    [global.name, global.hash_key, global.range_key, global.projection_type, global.non_key_attributes],
    ["by_status", "status", "at", "INCLUDE", ["total"]],
  );
  const [local] = table.local_secondary_index;
  assert.deepEqual([local.name, local.range_key, local.projection_type], ["by_total", "total", "KEYS_ONLY"]);
  assert.deepEqual(table.ttl, { attribute_name: "gone_at", enabled: true });
  assert.deepEqual([table.stream_enabled, table.stream_view_type], [true, "NEW_AND_OLD_IMAGES"]);
});

test("a table is billed by use, encrypted, and can be brought back but for previews", () => {
  const table = look(stack, "aws_dynamodb_table.plain");
  assert.equal(table.billing_mode, "PAY_PER_REQUEST");
  assert.equal(table.server_side_encryption.enabled, true);
  assert.equal(table.point_in_time_recovery.enabled, true);
  assert.equal(table.deletion_protection_enabled, true);
  const preview = exampleFrom(
    `${file}  collections: { default: { environments: { pr: { kind: preview } } } }\n`,
  );
  const short = look(preview.stackOf(preview.environment), "aws_dynamodb_table.plain");
  assert.equal(short.point_in_time_recovery.enabled, false);
  assert.equal(short.deletion_protection_enabled, false);
});

test("who uses a table may use its items, indexes and stream, and no other's", () => {
  const policy = (role: string) => String(look(stack, `aws_iam_role_policy.${role}`).policy);
  assert.match(policy("task_api"), /aws_dynamodb_table\.orders\.arn\}?\/index\/\*/);
  assert.match(policy("task_api"), /aws_dynamodb_table\.orders\.stream_arn/);
  assert.doesNotMatch(policy("task_api"), /aws_dynamodb_table\.plain/);
  assert.doesNotMatch(policy("task_other"), /orders|index|stream|DeleteTable|UpdateTable/);
});

test("the tables are told with the outputs", () => {
  const { tables } = rootOf(stack).output.freehold.value;
  assert.equal(tables.orders.name, "${aws_dynamodb_table.orders.name}");
});
