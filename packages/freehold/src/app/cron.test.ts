import assert from "node:assert/strict";
import { test } from "node:test";
import { Cron } from "croner";
import fc from "fast-check";
import { translateCron } from "./cron.ts";
import { propertyRuns } from "./testing/property-runs.ts";
import { schedulerCron } from "./testing/scheduler-cron.ts";

const translations: readonly (readonly [string, string])[] = [
  ["* * * * *", "cron(* * * * ? *)"],
  ["0 9 * * mon-fri", "cron(0 9 ? * MON-FRI *)"],
  ["0 9 * * 1-5", "cron(0 9 ? * MON-FRI *)"],
  ["0 9 * * 0", "cron(0 9 ? * SUN *)"],
  ["0 9 * * 7", "cron(0 9 ? * SUN *)"],
  ["0 9 * * 5-7", "cron(0 9 ? * SUN,FRI,SAT *)"],
  ["0 9 * * fri-sun", "cron(0 9 ? * SUN,FRI,SAT *)"],
  ["0 9 * * 0-6", "cron(0 9 * * ? *)"],
  ["0 9 * * */2", "cron(0 9 ? * SUN,TUE,THU,SAT *)"],
  ["0 9 * * 1/2", "cron(0 9 ? * MON,WED,FRI *)"],
  ["*/15 * * * *", "cron(0/15 * * * ? *)"],
  ["5-59/15 * * * *", "cron(5/15 * * * ? *)"],
  ["*/7 * * * *", "cron(0/7 * * * ? *)"],
  ["0,30 8-18 * * *", "cron(0,30 8-18 * * ? *)"],
  ["0 0 1,15 * *", "cron(0 0 1,15 * ? *)"],
  ["0 0 */10 * *", "cron(0 0 1/10 * ? *)"],
  ["0 0 31 dec *", "cron(0 0 31 12 ? *)"],
  ["0 0 1 jan-mar *", "cron(0 0 1 1-3 ? *)"],
  ["@daily", "cron(0 0 * * ? *)"],
  ["@weekly", "cron(0 0 ? * SUN *)"],
  ["  0   9 * * *  ", "cron(0 9 * * ? *)"],
  ["0 0 1-31 * mon", "cron(0 0 * * ? *)"],
  ["0 0 1-29 feb sun", "cron(0 0 * 2 ? *)"],
  ["0 0 1-30 4,6 mon", "cron(0 0 * 4,6 ? *)"],
  ["0 0 1 * 0-6", "cron(0 0 * * ? *)"],
  ["0 0 */1 * mon", "cron(0 0 ? * MON *)"],
  ["0 0 *,5 * mon", "cron(0 0 ? * MON *)"],
];

for (const [written, schedule] of translations) {
  test(`${written} becomes ${schedule}`, () => {
    assert.deepEqual(translateCron(written), { kind: "schedule", schedule });
  });
}

const refused = [
  "",
  "* * * *",
  "0 0 * * * *",
  "60 * * * *",
  "* 24 * * *",
  "* * 0 * *",
  "* * * 13 *",
  "* * * * 8",
  "5-1 * * * *",
  "*/0 * * * *",
  "1- * * * *",
  "a * * * *",
  "0 0 1 * mon",
  "0 0 */2 * mon",
  "0 0 1 * */2",
  "0 0 30 2 *",
  "0 0 31 4,6,9,11 *",
  "0 0 L * *",
  "0 0 ? * *",
  "0 0 * * mon#2",
  "@reboot",
  "0 0 * * MON,,TUE",
  "-1 * * * *",
];

for (const written of refused) {
  test(`\`${written}\` is refused`, () => assert.equal(translateCron(written).kind, "refused"));
}

test("EventBridge's own forms are told apart from a slip", () => {
  for (const written of ["rate(5 minutes)", "cron(0 9 ? * MON-FRI *)", "at(2030-01-01T00:00:00)"]) {
    const translated = translateCron(written);
    assert.ok(translated.kind === "refused");
    assert.match(translated.reason, /EventBridge's own form; write Unix's five fields/);
  }
});

test("an either-or names the two schedules that say it", () => {
  const translated = translateCron("0 6 1,15 * mon");
  assert.ok(translated.kind === "refused");
  assert.match(translated.reason, /one with `0 6 1,15 \* \*` and one with `0 6 \* \* mon`$/);
});

/** Why a valid schedule may be refused, by a word of the reason: nothing else is a good reason. */
const goodReasons = { "either-or": /either of the two days/, disputed: /crons differ/, never: /never runs/ };

test("what EventBridge runs is what Unix cron runs, over a year", (t) => {
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(schedules(), fc.integer({ min: 2024, max: 2035 }), fc.nat(), (written, year, seed) => {
      const translated = translateCron(written);
      const outcome = translated.kind === "schedule" ? "translated" : goodReason(written, translated.reason);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      const unix = new Cron(written, { timezone: "UTC", mode: "5-part" });
      if (translated.kind === "schedule") assertSameYear(unix, translated.schedule, year, seed, written);
      else assertNeeded(outcome, unix, written);
    }),
    { numRuns: propertyRuns(60) },
  );
  t.diagnostic([...counts].map(([outcome, count]) => `${outcome}: ${count}`).join(", "));
});

function goodReason(written: string, reason: string): string {
  const found = Object.entries(goodReasons).find(([, pattern]) => pattern.test(reason));
  assert.ok(found !== undefined, `${written}: ${reason}`);
  return found[0];
}

const day = 86_400_000;

/** Whole days of a year at a time that runs, then the minutes and hours of that day, then minutes anywhere in the year. */
function assertSameYear(unix: Cron, schedule: string, year: number, seed: number, written: string): void {
  const aws = schedulerCron(schedule);
  const [start, end] = [Date.UTC(year), Date.UTC(year + 1)];
  const run = unix.nextRun(new Date(start - 1000))?.getTime() ?? start;
  const [hour, minute] = [3_600_000, 60_000];
  const moments = [
    ...series(start + (run % day), end, day),
    ...series(run - (run % hour), run - (run % hour) + hour, minute),
    ...series(run - (run % day) + (run % hour), run - (run % day) + day, hour),
    ...Array.from({ length: 200 }, (_, index) => start + (((seed + index) * 104_729) % 525_600) * minute),
  ];
  for (const moment of moments) {
    const date = new Date(moment);
    assert.equal(aws(date), unix.match(date), `${written} → ${schedule} at ${date.toISOString()}`);
  }
}

function series(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}

/** An either-or must be one: neither of its days alone, nor every day, is the same. */
function assertNeeded(outcome: string, unix: Cron, written: string): void {
  const [, , dayOfMonth, month, weekday] = written.split(" ");
  if (outcome === "never") assert.equal(unix.nextRun(new Date("2024-01-01")), null, written);
  if (outcome === "disputed") assert.match(`${dayOfMonth} ${weekday}`, /\*\/\d/);
  if (outcome !== "either-or") return;
  // After 28 years every date has been every weekday.
  const both = atMidnight(`${dayOfMonth} ${month} ${weekday}`);
  const allYears = series(Date.UTC(2024), Date.UTC(2052), day).map((moment) => new Date(moment));
  for (const days of [`${dayOfMonth} ${month} *`, `* ${month} ${weekday}`, `* ${month} *`]) {
    const simpler = atMidnight(days);
    assert.ok(
      allYears.some((date) => simpler.match(date) !== both.match(date)),
      `${written} is ${days}`,
    );
  }
}

function atMidnight(days: string): Cron {
  return new Cron(`0 0 ${days}`, { timezone: "UTC", mode: "5-part" });
}

/** Any valid schedule: numbers, names, ranges, steps, lists, Sunday as 0 and as 7, and both kinds of day at once. */
function schedules(): fc.Arbitrary<string> {
  const [days, weekdays] = [field(1, 31), fc.oneof(field(0, 7), field(0, 6, weekdayNames))];
  const dates = fc.oneof(
    fc.tuple(days, fc.constant("*")),
    fc.tuple(fc.constant("*"), weekdays),
    fc.tuple(days, weekdays).filter(isClear),
  );
  const months = fc.oneof(field(1, 12), field(1, 12, monthNames));
  return fc
    .tuple(field(0, 59), field(0, 23), dates, months)
    .map(([minutes, hours, [day, weekday], inMonths]) => `${minutes} ${hours} ${day} ${inMonths} ${weekday}`);
}

/** man 5 crontab and the library differ about every day beside a restricted one where it is written with a star and more. */
function isClear([days, weekdays]: readonly [string, string]): boolean {
  const isOdd = (text: string) => text.startsWith("*") && text !== "*" && !/^\*\/(?!1$)\d+$/.test(text);
  return !isOdd(days) && !isOdd(weekdays);
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

function field(min: number, max: number, names?: readonly string[]): fc.Arbitrary<string> {
  const word = (value: number) => names?.[value - min] ?? String(value);
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${word(Math.min(a, b))}-${word(Math.max(a, b))}`);
  const step = fc.integer({ min: 1, max: max - min });
  const stepped = fc.tuple(fc.oneof(fc.constant("*"), range), step).map(([text, pace]) => `${text}/${pace}`);
  const item = fc.oneof(value.map(word), range, stepped);
  return fc.oneof(
    fc.constant("*"),
    fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(",")),
  );
}
