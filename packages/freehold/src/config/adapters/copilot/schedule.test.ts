import assert from "node:assert/strict";
import { test } from "node:test";
import { translateCron } from "../../../app/cron.ts";
import { scheduleOf } from "./schedule.ts";

const exact: readonly (readonly [written: string, cron: string])[] = [
  ["@daily", "@daily"],
  ["@weekly", "@weekly"],
  ["0 9 * * 1-5", "0 9 * * 1-5"],
  ["0 9 ? * mon", "0 9 * * mon"],
  ["cron(0 9 ? * 2-6 *)", "0 9 * * mon-fri"],
  ["cron(0 9 ? * 1 *)", "0 9 * * sun"],
  ["cron(15 10 ? * MON-FRI *)", "15 10 * * mon-fri"],
  ["cron(0/15 8-18 * * ? *)", "0/15 8-18 * * *"],
  ["cron(0 0 1 * ? *)", "0 0 1 * *"],
  ["@every 1m", "* * * * *"],
  ["@every 1h", "0 * * * *"],
  ["@every 90s", ""],
  ["@every 90m", ""],
  ["@every 24h", "0 0 * * *"],
  ["rate(5 minutes)", "*/5 * * * *"],
  ["rate(1 minute)", "* * * * *"],
  ["rate(6 hours)", "0 */6 * * *"],
  ["rate(7 hours)", ""],
  ["rate(1 day)", "0 0 * * *"],
  ["rate(3 days)", ""],
  ["none", ""],
  ["cron(0 0 L * ? *)", ""],
  ["cron(0 0 ? * 6L *)", ""],
  ["cron(0 0 ? * 2#1 *)", ""],
  ["cron(0 0 1 1 ? 2027)", ""],
  ["0 0 1 * mon", ""],
  ["every day", ""],
];

test("a schedule of Copilot's becomes the same times in Unix cron, or none", () => {
  for (const [written, cron] of exact) {
    const found = scheduleOf(written);
    assert.equal(found.kind === "cron" ? found.cron : "", cron, written);
    if (found.kind === "cron") assert.equal(translateCron(found.cron).kind, "schedule", written);
  }
});

test("five fields of Copilot's become what EventBridge ran before", () => {
  const before = translateCron("0 9 * * 1-5");
  const after = scheduleOf("cron(0 9 ? * 2-6 *)");
  assert.deepEqual(after.kind === "cron" ? translateCron(after.cron) : undefined, before);
});

test("a day that Copilot rounded to every day is told", () => {
  const found = scheduleOf("0 0 */5 * *");
  assert.match(found.kind === "cron" ? (found.message ?? "") : "", /Copilot took every day/);
});
