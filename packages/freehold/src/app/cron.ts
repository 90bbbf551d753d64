import {
  allValues,
  dayOfMonth,
  type Field,
  hour,
  minute,
  month,
  parseField,
  weekday,
  weekdayNames,
} from "./cron-field.ts";

/** EventBridge Scheduler's words for a Unix schedule, or why it has none. */
export type CronTranslation = { readonly kind: "schedule"; readonly schedule: string } | Refused;

interface Refused {
  readonly kind: "refused";
  readonly reason: string;
}

const fields = [minute, hour, dayOfMonth, month, weekday] as const;

const macros: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/**
 * Translates a five-field Unix schedule exactly into EventBridge Scheduler's
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based), whose weekdays run from
 * 1 = Sunday; they are written by name, so that no number can be misread.
 */
export function translateCron(written: string): CronTranslation {
  const text = written.trim().toLowerCase();
  const parts = (macros.get(text) ?? text).split(/\s+/);
  if (text.startsWith("@") && !macros.has(text)) return refused(`\`${text}\` has no time of its own`);
  if (/^(?:rate|cron|at)\(/.test(text))
    return refused(
      "that is EventBridge's own form; write Unix's five fields, such as `*/5 * * * *` for every five minutes",
    );
  if (parts.length !== 5)
    return refused("a schedule has five fields: minute, hour, day of month, month, weekday");
  const parsed = fields.map((field, index) => parseField(field, parts[index] ?? ""));
  const wrong = parsed.find((values) => typeof values === "string");
  if (wrong !== undefined) return refused(wrong);
  const [minutes = [], hours = [], onDays = [], inMonths = [], onWeekdays = []] = parsed.filter(
    (values) => typeof values !== "string",
  );
  const days = areAll(onDays, inMonths) ? everyDay.days : onDays;
  const runs = daysOf(parts, days, onWeekdays);
  if (runs.kind === "refused") return runs;
  if (!comes(runs.days, inMonths)) return refused("no month it names has such a day, so it never runs");
  return { kind: "schedule", schedule: renderSchedule({ minutes, hours, months: inMonths, ...runs }) };
}

function refused(reason: string): Refused {
  return { kind: "refused", reason };
}

interface Days {
  readonly kind: "days";
  readonly days: readonly number[];
  readonly weekdays: readonly number[];
}

const everyDay: Days = { kind: "days", days: allValues(dayOfMonth), weekdays: [0, 1, 2, 3, 4, 5, 6] };

/**
 * Unix cron runs on either of two days that are both written, and on what both have in common where one begins with a star
 * (man 5 crontab). EventBridge takes one of them only.
 */
function daysOf(
  parts: readonly string[],
  days: readonly number[],
  onWeekdays: readonly number[],
): Days | Refused {
  const [minute = "", hour = "", day = "", inMonths = "", onWeekday = ""] = parts;
  const [hasDays, hasWeekdays] = [days.length < 31, onWeekdays.length < 7];
  const isStarred = [day.startsWith("*"), onWeekday.startsWith("*")] as const;
  if (isStarred[0] && !hasDays) return { ...everyDay, weekdays: onWeekdays };
  if (isStarred[1] && !hasWeekdays) return { ...everyDay, days };
  if (isStarred[0] || isStarred[1]) {
    return refused(
      `crons differ in what \`${day}\` with \`${onWeekday}\` means, either of them or both; write the days out without \`*/\``,
    );
  }
  if (!hasDays || !hasWeekdays) return everyDay;
  return refused(
    `cron means either of the two days, which EventBridge cannot say; write two services, one with \`${minute} ${hour} ${day} ${inMonths} *\` and one with \`${minute} ${hour} * ${inMonths} ${onWeekday}\``,
  );
}

const longest: Readonly<Record<number, number>> = { 2: 29, 4: 30, 6: 30, 9: 30, 11: 30 };

/** Whether they are all days that any of the months has: `1-29` of February. */
function areAll(days: readonly number[], inMonths: readonly number[]): boolean {
  const last = Math.max(...inMonths.map((one) => longest[one] ?? 31));
  return everyDay.days.every((day) => day > last || days.includes(day));
}

/** Whether any of the months has any of the days. */
function comes(days: readonly number[], inMonths: readonly number[]): boolean {
  const first = days[0] ?? 1;
  return inMonths.some((one) => first <= (longest[one] ?? 31));
}

interface Times {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
}

function renderSchedule({ minutes, hours, days, months, weekdays }: Times): string {
  const isByWeekday = weekdays.length < 7;
  const words = [
    renderField(minute, minutes),
    renderField(hour, hours),
    isByWeekday ? "?" : renderField(dayOfMonth, days),
    renderField(month, months),
    isByWeekday ? renderRuns(weekdays, (value) => (weekdayNames[value] ?? "").toUpperCase()) : "?",
    "*",
  ];
  return `cron(${words.join(" ")})`;
}

function renderField(field: Field, values: readonly number[]): string {
  if (values.length === field.max - field.min + 1) return "*";
  return renderSteps(field, values) ?? renderRuns(values, String);
}

/** `0/15` where the values run at one pace to the end of the field. */
function renderSteps(field: Field, values: readonly number[]): string | undefined {
  const [first = 0, second = 0] = values;
  const step = second - first;
  const isEven = values.every((value, index) => value === first + index * step);
  const isToTheEnd = (values.at(-1) ?? 0) + step > field.max;
  return values.length > 2 && step > 1 && isEven && isToTheEnd ? `${first}/${step}` : undefined;
}

/** `1-3,7`: runs of three and more as ranges. */
function renderRuns(values: readonly number[], name: (value: number) => string): string {
  const runs: number[][] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === value - 1) run.push(value);
    else runs.push([value]);
  }
  return runs.flatMap((run) => renderRun(run, name)).join(",");
}

function renderRun(run: readonly number[], name: (value: number) => string): readonly string[] {
  const [first, last] = [run[0] ?? 0, run.at(-1) ?? 0];
  return run.length > 2 ? [`${name(first)}-${name(last)}`] : run.map(name);
}
