import { Cron } from "croner";
import { ServiceError } from "../service.ts";

/**
 * When a schedule fires (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
 * @param after only instants later than this
 * @param origin what `rate` counts from: the start date, or the creation
 */
export interface Timing {
  next(after: Date, origin: Date): Date | undefined;
}

/** Reads `cron(…)`, `rate(…)` or `at(…)`. Errors: ValidationException, as EventBridge Scheduler answers. */
export function parseExpression(expression: string, timezone: string): Timing {
  const [, kind = "", inner = ""] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === "rate") return rateTiming(inner);
  if (kind === "at") return cronerTiming(inner, timezone);
  if (kind === "cron") return cronerTiming(cronPattern(inner), timezone);
  throw invalid(`Invalid Schedule Expression ${expression}.`);
}

const unitMilliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function rateTiming(text: string): Timing {
  const [, amount = "", unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text.trim()) ?? [];
  if (unit !== "minute" && unit !== "hour" && unit !== "day")
    throw invalid(`Invalid Schedule Expression rate(${text}).`);
  const period = Number(amount) * unitMilliseconds[unit];
  return {
    next: (after, origin) => {
      const passed = Math.floor((after.getTime() - origin.getTime()) / period);
      return new Date(origin.getTime() + Math.max(0, passed + 1) * period);
    },
  };
}

function cronerTiming(pattern: string, timezone: string): Timing {
  try {
    const cron = new Cron(pattern, { timezone, paused: true, domAndDow: true });
    return { next: (after) => cron.nextRun(after) ?? undefined };
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/** AWS's six fields (minutes to years, Sunday is 1) in croner's seven (seconds to years, Sunday is 0). */
export function cronPattern(text: string): string {
  const [minutes, hours, days, months, weekdays, years, ...rest] = text.trim().split(/\s+/);
  if (days === undefined || weekdays === undefined || years === undefined || rest.length > 0) {
    throw invalid("A cron expression has six fields.");
  }
  if ((days === "?") === (weekdays === "?")) {
    throw invalid("One of day-of-month and day-of-week must be ?, and only one.");
  }
  const day = days === "?" ? "*" : days;
  const weekday = weekdays === "?" ? "*" : weekdayField(weekdays);
  const fields = [minutes, hours, day, months, weekday, years].map((field, index) =>
    openStep(field ?? "", index),
  );
  return ["0", ...fields].join(" ");
}

/** Last value of each field. */
const lastValues = [59, 23, 31, 12, 6, 2199];

/** `5/15` counts from 5 to the field's end; croner wants that end named. */
function openStep(field: string, index: number): string {
  return field.replaceAll(
    /(^|,)(\d+)\//g,
    (_, before: string, first: string) => `${before}${first}-${lastValues[index]}/`,
  );
}

/** Only the days' own numbers are one less: not a step after `/`, nor the week after `#`. */
function weekdayField(field: string): string {
  return field.replaceAll(
    /(^|[,-])([1-7])(?=$|[,\-/#L])/g,
    (_, before: string, day: string) => `${before}${Number(day) - 1}`,
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}
