/**
 * EventBridge Scheduler's `cron(…)` read by its documentation alone
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based): whether it runs at a minute of UTC.
 */
export function schedulerCron(schedule: string): (date: Date) => boolean {
  const [minutes = "", hours = "", days = "", months = "", weekdays = ""] = schedule.slice(5, -1).split(" ");
  const minuteSet = values(minutes, 0, 59);
  const hourSet = values(hours, 0, 23);
  const daySet = values(days, 1, 31);
  const monthSet = values(months, 1, 12);
  const weekdaySet = values(weekdays, 1, 7);
  return (date) =>
    minuteSet.has(date.getUTCMinutes()) &&
    hourSet.has(date.getUTCHours()) &&
    daySet.has(date.getUTCDate()) &&
    monthSet.has(date.getUTCMonth() + 1) &&
    weekdaySet.has(date.getUTCDay() + 1);
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
