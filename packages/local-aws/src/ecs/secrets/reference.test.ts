import assert from "node:assert/strict";
import { test } from "node:test";
import { parseReference } from "./reference.ts";

const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf";
const ssm = "arn:aws:ssm:us-east-1:123456789012:parameter";
const whole = { store: "secrets", id: arn, key: undefined, stage: undefined, version: undefined };

const rows: readonly (readonly [valueFrom: string, reference: object])[] = [
  [arn, whole],
  [`${arn}:password::`, { ...whole, key: "password" }],
  [`${arn}::AWSPREVIOUS:`, { ...whole, stage: "AWSPREVIOUS" }],
  [`${arn}:password:AWSCURRENT:v-1`, { ...whole, key: "password", stage: "AWSCURRENT", version: "v-1" }],
  [`${ssm}/shop/colour`, { store: "parameters", name: "/shop/colour" }],
  [`${ssm}/colour`, { store: "parameters", name: "colour" }],
  ["/shop/colour", { store: "parameters", name: "/shop/colour" }],
  ["colour", { store: "parameters", name: "colour" }],
];

for (const [valueFrom, reference] of rows) {
  test(`valueFrom ${valueFrom}`, () => assert.deepEqual(parseReference(valueFrom), reference));
}
