import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceError } from "../service.ts";
import { cronPattern, parseExpression } from "./expression.ts";

const after = new Date("2026-03-27T10:00:30Z"); // a Friday
const origin = new Date("2026-03-27T09:58:00Z");

const rows: readonly (readonly [string, string, string])[] = [
  ["cron(* * * * ? *)", "UTC", "2026-03-27T10:01:00.000Z"],
  ["cron(0 9 ? * MON-FRI *)", "Europe/Berlin", "2026-03-30T07:00:00.000Z"],
  ["cron(0 9 ? * 2-6 *)", "UTC", "2026-03-30T09:00:00.000Z"],
  ["cron(0 12 ? * 1 *)", "UTC", "2026-03-29T12:00:00.000Z"],
  ["cron(15 10 ? * 6L 2026)", "UTC", "2026-03-27T10:15:00.000Z"],
  ["cron(0 8 1 * ? *)", "UTC", "2026-04-01T08:00:00.000Z"],
  ["cron(0 18 ? * 2#1 *)", "UTC", "2026-04-06T18:00:00.000Z"],
  ["cron(0 0 L * ? *)", "UTC", "2026-03-31T00:00:00.000Z"],
  ["cron(0/15 * * * ? *)", "UTC", "2026-03-27T10:15:00.000Z"],
  ["rate(5 minutes)", "UTC", "2026-03-27T10:03:00.000Z"],
  ["rate(1 hour)", "UTC", "2026-03-27T10:58:00.000Z"],
  ["at(2026-12-24T18:00:00)", "Europe/Berlin", "2026-12-24T17:00:00.000Z"],
];

for (const [expression, timezone, expected] of rows) {
  test(`${expression} in ${timezone}`, () => {
    assert.equal(parseExpression(expression, timezone).next(after, origin)?.toISOString(), expected);
  });
}

test("a moment that has passed never comes", () => {
  assert.equal(parseExpression("at(2026-01-01T00:00:00)", "UTC").next(after, origin), undefined);
});

test("steps and weeks are no days", () => {
  assert.equal(cronPattern("0 9 ? * 2-6/2 *"), "0 0 9 * * 1-5/2 *");
  assert.equal(cronPattern("0 9 ? * 3#2 *"), "0 0 9 * * 2#2 *");
});

for (const wrong of [
  "cron(* * * * *)",
  "cron(0 9 * * MON *)",
  "cron(0 9 ? * ? *)",
  "rate(0 minutes)",
  "rate(5 weeks)",
  "every day",
]) {
  test(`${wrong} is refused`, () => {
    assert.throws(() => parseExpression(wrong, "UTC"), ServiceError);
  });
}
