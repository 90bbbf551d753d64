/** EventBridge Scheduler's words for a Unix schedule, or why it has none. */
export type CronTranslation =
  | { readonly kind: "schedule"; readonly schedule: string }
  | { readonly kind: "refused"; readonly reason: string };

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names by value, first one for `min`. */
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const minute: Field = { name: "minute", min: 0, max: 59 };
const hour: Field = { name: "hour", min: 0, max: 23 };
const dayOfMonth: Field = { name: "day of month", min: 1, max: 31 };
const month: Field = { name: "month", min: 1, max: 12, names: months };
/** Unix writes Sunday as 0 or 7. */
const weekday: Field = { name: "weekday", min: 0, max: 7, names: weekdays };

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
  if (parts.length !== 5)
    return refused("a schedule has five fields: minute, hour, day of month, month, weekday");
  const parsed = fields.map((field, index) => parseField(field, parts[index] ?? ""));
  const wrong = parsed.find((values) => typeof values === "string");
  if (wrong !== undefined) return refused(wrong);
  if (!isEvery(parts[2]) && !isEvery(parts[4])) {
    return refused(
      "EventBridge cannot restrict the day of month and the weekday at once; write two services",
    );
  }
  return {
    kind: "schedule",
    schedule: renderSchedule(parsed.filter((values) => typeof values !== "string")),
  };
}

function refused(reason: string): CronTranslation {
  return { kind: "refused", reason };
}

function isEvery(text: string | undefined): boolean {
  return text === "*" || text === "*/1";
}

/** The values a field names, ascending; a text says what is wrong. */
function parseField(field: Field, text: string): readonly number[] | string {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const parsed = parseItem(field, item);
    if (typeof parsed === "string") return parsed;
    for (const value of parsed) values.add(field === weekday ? value % 7 : value);
  }
  return [...values].sort((a, b) => a - b);
}

/** `*`, `5`, `1-5`, each with an optional `/step`. */
function parseItem(field: Field, item: string): readonly number[] | string {
  const match = /^(\*|[0-9a-z]+)(?:-([0-9a-z]+))?(?:\/(\d+))?$/.exec(item);
  if (match === null) return `\`${item}\` is no ${field.name}`;
  const [, first = "", last, stepText] = match;
  const step = Number(stepText ?? 1);
  if (first === "*") {
    if (last !== undefined || step < 1) return `\`${item}\` is no ${field.name}`;
    return range(field.min, field === weekday ? 6 : field.max, step);
  }
  const from = parseValue(field, first);
  const to = last === undefined ? (stepText === undefined ? from : field.max) : endOfRange(field, last);
  if (from === undefined || to === undefined || step < 1 || from > to) {
    return `\`${item}\` is no ${field.name} (${field.min} to ${field.max})`;
  }
  return range(from, field === weekday && last === undefined && stepText !== undefined ? 6 : to, step);
}

function parseValue(field: Field, text: string): number | undefined {
  const named = field.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + field.min;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= field.min && value <= field.max ? value : undefined;
}

/** `fri-sun` ends a week on Sunday. */
function endOfRange(field: Field, text: string): number | undefined {
  return field === weekday && text === "sun" ? 7 : parseValue(field, text);
}

function range(from: number, to: number, step: number): readonly number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function renderSchedule([
  minutes = [],
  hours = [],
  days = [],
  inMonths = [],
  onWeekdays = [],
]: readonly (readonly number[])[]): string {
  const isByWeekday = onWeekdays.length < 7;
  const words = [
    renderField(minute, minutes),
    renderField(hour, hours),
    isByWeekday ? "?" : renderField(dayOfMonth, days),
    renderField(month, inMonths),
    isByWeekday ? renderRuns(onWeekdays, (value) => (weekdays[value] ?? "").toUpperCase()) : "?",
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
