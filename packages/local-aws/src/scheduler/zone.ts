/** What clocks show somewhere, as the milliseconds a clock in UTC would need to show the same. */
export type WallTime = number;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a name that is no IANA time zone. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US-u-ca-iso8601", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(zone, format);
  return format;
}

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** What clocks in a zone show at an instant, to the second. */
export function wallTime(zone: string, instant: Date): WallTime {
  const parts = formatOf(zone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

const day = 24 * 3600 * 1000;

/** The first instant at which clocks in a zone show a time; undefined for an hour that daylight saving skips. */
export function instantOf(zone: string, wall: WallTime): Date | undefined {
  const offsets = [wall - day, wall + day].map((near) => wallTime(zone, new Date(near)) - near);
  const instants = offsets
    .map((offset) => new Date(wall - offset))
    .filter((one) => wallTime(zone, one) === wall);
  return instants.sort((a, b) => a.getTime() - b.getTime())[0];
}
