import { translateCron } from "../../../app/cron.ts";
import { parseDuration } from "../../notation.ts";

/** Unix cron for a schedule of Copilot's, or why it runs only when asked. */
export type Schedule =
  | { readonly kind: "cron"; readonly cron: string; readonly message?: string }
  | { readonly kind: "none"; readonly reason: string };

/**
 * The same times as Unix cron writes them. Copilot takes five fields, `@daily` and its kin, `@every 1h`, EventBridge's own
 * `rate(…)` and `cron(…)`, and `none` (https://aws.github.io/copilot-cli/docs/manifest/scheduled-job/#on-schedule).
 */
export function scheduleOf(written: string): Schedule {
  const text = written.trim();
  if (text === "none") return { kind: "none", reason: "its schedule is switched off" };
  const every = /^@every (.+)$/.exec(text)?.[1];
  if (every !== undefined) return fromMinutes(minutesOf(parseDuration(every)), text);
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text);
  if (rate !== null) return fromMinutes(Number(rate[1]) * (perUnit[rate[2] ?? ""] ?? 0), text);
  const fields = /^cron\((.+)\)$/.exec(text)?.[1];
  return fields === undefined ? fromUnix(text) : fromEventBridge(fields.trim().split(/\s+/), text);
}

const perUnit: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

function minutesOf(seconds: number | undefined): number {
  return seconds === undefined ? 0 : seconds / 60;
}

/** A rate counts from when it was made; cron can keep the pace only where it divides the hour or the day. */
function fromMinutes(minutes: number, text: string): Schedule {
  const message = `the pace of \`${text}\`, at fixed times of the clock (UTC)`;
  if (minutes >= 1 && Number.isInteger(minutes)) {
    if (minutes === 1) return { kind: "cron", cron: "* * * * *", message };
    if (60 % minutes === 0)
      return { kind: "cron", cron: minutes === 60 ? "0 * * * *" : `*/${minutes} * * * *`, message };
    if (1440 % minutes === 0 && minutes % 60 === 0)
      return { kind: "cron", cron: minutes === 1440 ? "0 0 * * *" : `0 */${minutes / 60} * * *`, message };
  }
  return { kind: "none", reason: `no cron keeps the pace of \`${text}\`; give it a schedule of its own` };
}

function fromUnix(text: string): Schedule {
  const cron = text.startsWith("@") ? text : text.split(/\s+/).map(starForQuestion).join(" ");
  const translated = translateCron(cron);
  if (translated.kind === "refused") return { kind: "none", reason: `\`${text}\`: ${translated.reason}` };
  const [, , day = "", , weekday = ""] = cron.split(" ");
  const message = "means what it says here; Copilot took every day for a day with `*/`";
  return { kind: "cron", cron, ...(/\*\/[2-9]|\*\/\d\d/.test(`${day} ${weekday}`) ? { message } : {}) };
}

function starForQuestion(field: string): string {
  return field === "?" ? "*" : field;
}

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** EventBridge's six fields; its weekdays run from 1 = Sunday, so they are written by name. */
function fromEventBridge(fields: readonly string[], text: string): Schedule {
  const [minute = "", hour = "", day = "", month = "", weekday = "", year = ""] = fields.map(starForQuestion);
  const lost: Schedule = { kind: "none", reason: `Unix cron has no words for \`${text}\`` };
  if (fields.length !== 6 || year !== "*" || /[LW#]/i.test(`${day} ${weekday.replaceAll(/[a-z]{3}/gi, "")}`))
    return lost;
  const named = weekday.replaceAll(/\/\d+|\d+/g, (found) =>
    found.startsWith("/") ? found : (weekdays[Number(found) - 1] ?? found),
  );
  const cron = [minute, hour, day, month, named.toLowerCase()].join(" ");
  return translateCron(cron).kind === "schedule" ? { kind: "cron", cron } : lost;
}
