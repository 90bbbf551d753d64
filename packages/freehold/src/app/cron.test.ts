import assert from "node:assert/strict";
import { test } from "node:test";
import { Cron } from "croner";
import fc from "fast-check";
import { translateCron } from "./cron.ts";
import { propertyRuns } from "./testing/property-runs.ts";
import { nextMatches } from "./testing/scheduler-cron.ts";

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
  "0 0 1-31 * mon",
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

test("what EventBridge runs is what Unix cron runs", () => {
  fc.assert(
    fc.property(
      schedules(),
      fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
      (written, from) => {
        const translated = translateCron(written);
        assert.equal(translated.kind, "schedule", written);
        if (translated.kind !== "schedule") return;
        const unix = new Cron(written, { timezone: "UTC" })
          .nextRuns(6, from)
          .map((date) => date.toISOString());
        const aws = nextMatches(translated.schedule, from, 6).map((date) => date.toISOString());
        assert.deepEqual(aws, unix, `${written} → ${translated.schedule}`);
      },
    ),
    { numRuns: propertyRuns(400) },
  );
});

/** Valid schedules that restrict the day of the month or the weekday, never both. */
function schedules(): fc.Arbitrary<string> {
  const days = fc.oneof(
    fc.tuple(field(1, 28), fc.constant("*")),
    fc.tuple(fc.constant("*"), field(0, 7)),
    fc.constant(["*", "*"] as const),
  );
  return fc
    .tuple(field(0, 59), field(0, 23), days, field(1, 12))
    .map(([minutes, hours, [day, weekday], months]) => `${minutes} ${hours} ${day} ${months} ${weekday}`);
}

function field(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: max - min });
  const stepped = fc.tuple(fc.oneof(fc.constant("*"), range), step).map(([text, pace]) => `${text}/${pace}`);
  const item = fc.oneof(value.map(String), range, stepped);
  return fc.oneof(
    fc.constant("*"),
    fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(",")),
  );
}
