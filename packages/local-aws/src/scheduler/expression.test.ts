import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRun, parseExpression } from "./expression.ts";

function runs(text: string, from: string, count: number, timezone = "UTC"): readonly string[] {
  const expression = parseExpression(text);
  const found: string[] = [];
  let after = new Date(from);
  while (found.length < count) {
    const next = nextRun(expression, { after, timezone, anchor: new Date(from) });
    if (next === undefined) break;
    found.push(next.toISOString().replace(":00.000Z", "Z"));
    after = next;
  }
  return found;
}

// 2026-02-25 is a Wednesday.
const start = "2026-02-25T10:20:30Z";

/** The user guide's own examples, and one of each sign. */
const table: readonly [string, readonly string[]][] = [
  ["cron(0 10 * * ? *)", ["2026-02-26T10:00Z", "2026-02-27T10:00Z"]],
  ["cron(15 12 * * ? *)", ["2026-02-25T12:15Z", "2026-02-26T12:15Z"]],
  [
    "cron(0 18 ? * MON-FRI *)",
    ["2026-02-25T18:00Z", "2026-02-26T18:00Z", "2026-02-27T18:00Z", "2026-03-02T18:00Z"],
  ],
  ["cron(0 8 1 * ? *)", ["2026-03-01T08:00Z", "2026-04-01T08:00Z"]],
  ["cron(0/10 * ? * MON-FRI *)", ["2026-02-25T10:30Z", "2026-02-25T10:40Z"]],
  ["cron(0/5 8-17 ? * MON-FRI *)", ["2026-02-25T10:25Z", "2026-02-25T10:30Z"]],
  ["cron(15 10 ? * 6L 2026-2027)", ["2026-02-27T10:15Z", "2026-03-27T10:15Z"]],
  ["cron(15 10 ? * 6#3 *)", ["2026-03-20T10:15Z", "2026-04-17T10:15Z"]],
  ["cron(0 0 ? * 1 *)", ["2026-03-01T00:00Z", "2026-03-08T00:00Z"]],
  ["cron(0 0 ? * 2-6 *)", ["2026-02-26T00:00Z", "2026-02-27T00:00Z", "2026-03-02T00:00Z"]],
  ["cron(0 9 ? * 2-6/2 *)", ["2026-02-27T09:00Z", "2026-03-02T09:00Z", "2026-03-04T09:00Z"]],
  ["cron(0 9 ? * 3#2 *)", ["2026-03-10T09:00Z", "2026-04-14T09:00Z"]],
  ["cron(* * * * ? *)", ["2026-02-25T10:21Z", "2026-02-25T10:22Z"]],
  ["cron(0 0 ? * L *)", ["2026-02-28T00:00Z", "2026-03-07T00:00Z"]],
  ["cron(0 9 L * ? *)", ["2026-02-28T09:00Z", "2026-03-31T09:00Z"]],
  ["cron(0 9 15W * ? *)", ["2026-03-16T09:00Z", "2026-04-15T09:00Z"]],
  ["cron(0 9 1W 8 ? *)", ["2026-08-03T09:00Z", "2027-08-02T09:00Z"]],
  [
    "cron(30 9 1,15 FEB,MAR ? 2027)",
    ["2027-02-01T09:30Z", "2027-02-15T09:30Z", "2027-03-01T09:30Z", "2027-03-15T09:30Z"],
  ],
  ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00Z", "2032-02-29T00:00Z"]],
  ["cron(0 0 1 1 ? 2025)", []],
  ["at(2026-11-20T13:00:00)", ["2026-11-20T13:00Z"]],
  ["at(2020-11-20T13:00:00)", []],
  ["rate(5 minutes)", ["2026-02-25T10:25:30.000Z", "2026-02-25T10:30:30.000Z"]],
  ["rate(1 day)", ["2026-02-26T10:20:30.000Z"]],
];

for (const [text, expected] of table) {
  test(text, () => assert.deepEqual(runs(text, start, Math.max(expected.length, 1)), expected));
}

test("times are those of the zone", () => {
  assert.deepEqual(runs("cron(0 8 * * ? *)", "2026-03-27T12:00:00Z", 3, "Europe/Berlin"), [
    "2026-03-28T07:00Z",
    "2026-03-29T06:00Z",
    "2026-03-30T06:00Z",
  ]);
  assert.deepEqual(runs("at(2026-07-01T09:00:00)", start, 1, "America/New_York"), ["2026-07-01T13:00Z"]);
  assert.deepEqual(runs("cron(0 0 * * ? *)", start, 1, "Asia/Kathmandu"), ["2026-02-25T18:15Z"]);
});

test("a time that daylight saving skips does not run", () => {
  assert.deepEqual(runs("cron(30 2 * * ? *)", "2026-03-28T00:00:00Z", 3, "Europe/Berlin"), [
    "2026-03-28T01:30Z",
    "2026-03-30T00:30Z",
    "2026-03-31T00:30Z",
  ]);
});

test("a time that comes twice runs once", () => {
  assert.deepEqual(runs("cron(30 2 * * ? *)", "2026-10-24T12:00:00Z", 2, "Europe/Berlin"), [
    "2026-10-25T00:30Z",
    "2026-10-26T01:30Z",
  ]);
  assert.deepEqual(runs("cron(30 * * * ? *)", "2026-10-25T00:00:00Z", 3, "Europe/Berlin"), [
    "2026-10-25T00:30Z",
    "2026-10-25T02:30Z",
    "2026-10-25T03:30Z",
  ]);
});

test("days of a rate have 24 hours", () => {
  assert.deepEqual(runs("rate(1 day)", "2026-03-28T12:00:00Z", 2, "Europe/Berlin"), [
    "2026-03-29T12:00Z",
    "2026-03-30T12:00Z",
  ]);
});

test("what is no expression is refused", () => {
  const refused = [
    "cron(0 10 * * *)",
    "cron(0 10 * * * *)",
    "cron(0 10 ? * ? *)",
    "cron(60 10 * * ? *)",
    "cron(0 10 ? * 0 *)",
    "cron(0 10 ? * 8 *)",
    "cron(0 10 * * ? 1969)",
    "rate(0 minutes)",
    "rate(5 seconds)",
    "rate(5)",
    "at(2026-13-01T00:00:00)",
    "at(2026-01-01)",
    "every minute",
  ];
  for (const text of refused)
    assert.throws(() => parseExpression(text), { code: "ValidationException" }, text);
});
