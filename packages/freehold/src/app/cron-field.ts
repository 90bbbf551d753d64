/** One of the five fields of a Unix schedule. */
export interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names by value, first one for `min`. */
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

export const minute: Field = { name: "minute", min: 0, max: 59 };
export const hour: Field = { name: "hour", min: 0, max: 23 };
export const dayOfMonth: Field = { name: "day of month", min: 1, max: 31 };
export const month: Field = { name: "month", min: 1, max: 12, names: months };
/** Unix writes Sunday as 0 or 7. */
export const weekday: Field = { name: "weekday", min: 0, max: 7, names: weekdayNames };

/** The values a field names, ascending; a text says what is wrong. */
export function parseField(field: Field, text: string): readonly number[] | string {
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

/** What `*` names. */
export function allValues({ min, max }: Field): readonly number[] {
  return range(min, max, 1);
}

function range(from: number, to: number, step: number): readonly number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}
