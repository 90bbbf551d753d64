/**
 * EventBridge Scheduler's `cron(…)` read by its documentation alone
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based); times are UTC.
 */
export function nextMatches(schedule: string, from: Date, count: number): readonly Date[] {
  const [minutes = "", hours = "", days = "", months = "", weekdays = ""] = schedule.slice(5, -1).split(" ");
  const minuteSet = values(minutes, 0, 59);
  const hourSet = values(hours, 0, 23);
  const found: Date[] = [];
  const day = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()));
  for (let tries = 0; tries < 5_000 && found.length < count; tries += 1) {
    const isDay =
      values(months, 1, 12).has(day.getUTCMonth() + 1) &&
      values(days, 1, 31).has(day.getUTCDate()) &&
      values(weekdays, 1, 7).has(day.getUTCDay() + 1);
    if (isDay) found.push(...timesOf(day, hourSet, minuteSet).filter((time) => time > from));
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return found.slice(0, count);
}

function timesOf(day: Date, hours: ReadonlySet<number>, minutes: ReadonlySet<number>): readonly Date[] {
  return [...hours]
    .sort((a, b) => a - b)
    .flatMap((hour) =>
      [...minutes]
        .sort((a, b) => a - b)
        .map((minute) => new Date(day.getTime() + (hour * 60 + minute) * 60_000)),
    );
}

const weekdayNames = ["", "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function values(field: string, min: number, max: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const item of field.split(",")) {
    const [range = "", step = "1"] = item.split("/");
    const [from = "", to] = range.split("-");
    const isEvery = from === "*" || from === "?";
    const first = isEvery ? min : number(from);
    const last = isEvery || (to === undefined && item.includes("/")) ? max : number(to ?? from);
    for (let value = first; value <= last; value += Number(step)) found.add(value);
  }
  return found;
}

function number(text: string): number {
  const named = weekdayNames.indexOf(text);
  return named > 0 ? named : Number(text);
}
