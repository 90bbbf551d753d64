import { Cron } from "croner";
import { invalid } from "./errors.ts";
import { instantOf, wallTime } from "./zone.ts";

/** When a schedule runs. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export type Expression =
  | { readonly kind: "at"; readonly wall: number }
  | { readonly kind: "rate"; readonly period: number }
  | { readonly kind: "cron"; readonly pattern: Cron };

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** @throws ServiceError ValidationException */
export function parseExpression(text: string): Expression {
  const [, kind, body = ""] = /^(at|rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === "at") return at(body, text);
  if (kind === "rate") return rate(body, text);
  if (kind === "cron") return cron(body, text);
  throw invalidExpression(text);
}

export interface Span {
  /** The next run comes after this instant. */
  readonly after: Date;
  readonly timezone: string;
  /** Rates count from here. */
  readonly anchor: Date;
}

/** The next instant at which an expression is due, undefined when there is none. */
export function nextRun(expression: Expression, { after, timezone, anchor }: Span): Date | undefined {
  if (expression.kind === "cron") return nextCron(expression.pattern, timezone, after);
  if (expression.kind === "rate") return nextTick(expression.period, anchor, after);
  const instant = instantOf(timezone, expression.wall);
  return instant !== undefined && instant > after ? instant : undefined;
}

function nextTick(period: number, anchor: Date, after: Date): Date {
  const passed = Math.floor((after.getTime() - anchor.getTime()) / period) + 1;
  return new Date(anchor.getTime() + Math.max(passed, 0) * period);
}

/**
 * A time that daylight saving skips is skipped, one that comes twice runs once: so the pattern is asked for what clocks
 * show, and only then is that looked up in the zone.
 */
function nextCron(pattern: Cron, timezone: string, after: Date): Date | undefined {
  // The clock may just have been set back: times it shows again are passed over below.
  let wall = pattern.nextRun(new Date(wallTime(timezone, after) - 1000));
  while (wall !== null) {
    const instant = instantOf(timezone, wall.getTime());
    if (instant !== undefined && instant > after) return instant;
    wall = pattern.nextRun(wall);
  }
  return undefined;
}

function at(body: string, text: string): Expression {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN;
  if (Number.isNaN(wall)) throw invalidExpression(text);
  return { kind: "at", wall };
}

function rate(body: string, text: string): Expression {
  const [, value = "", unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(body) ?? [];
  const milliseconds = units[unit];
  if (milliseconds === undefined) throw invalidExpression(text);
  return { kind: "rate", period: Number(value) * milliseconds };
}

/** Weekdays are 1 to 7 from Sunday, and one of the two day fields must be `?`. */
function cron(body: string, text: string): Expression {
  const fields = body.trim().split(/\s+/);
  const [, , dayOfMonth, , dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6 || (dayOfMonth === "?") === (dayOfWeek === "?")) throw invalidExpression(text);
  if (fields.filter((field) => field.includes("?")).length !== 1) throw invalidExpression(text);
  if (/(^|[,-])([089]|\d\d)/.test(dayOfWeek)) throw invalidExpression(text);
  if (year.match(/\d+/g)?.some((one) => one.length === 4 && (Number(one) < 1970 || Number(one) > 2199))) {
    throw invalidExpression(text);
  }
  // A lone L is the last day of the week, which croner does not know.
  const known = fields.map((field, index) => (index === 4 && field === "L" ? "7" : field));
  try {
    const options = {
      mode: "7-part",
      timezone: "UTC",
      alternativeWeekdays: true,
      sloppyRanges: true,
    } as const;
    return { kind: "cron", pattern: new Cron(`0 ${known.join(" ")}`, options) };
  } catch {
    throw invalidExpression(text);
  }
}

function invalidExpression(text: string) {
  return invalid(`Invalid Schedule Expression ${text}.`);
}
