/** Keys from the outside in; an item of a list has its `name`, where all have one, else its index. */
export type ChangedPath = readonly string[];

/** Whether something in the value is known only once it is applied: `true` somewhere in its mark. */
export function holdsUnknown(mark: unknown): boolean {
  if (typeof mark !== "object" || mark === null) return mark === true;
  return Object.values(mark).some(holdsUnknown);
}

/** Where two values differ, each place once. What will be known only once it is applied counts as different. */
export function changedPaths(before: unknown, after: unknown, unknown: unknown): readonly ChangedPath[] {
  if (unknown === true) return [[]];
  const [old, next] = [partsOf(before), partsOf(after)];
  if (old === undefined || next === undefined)
    return holdsUnknown(unknown) || JSON.stringify(before) !== JSON.stringify(after) ? [[]] : [];
  const marks = partsOf(unknown) ?? new Map<string, unknown>();
  const isNamed = [old, next].every(isListOfNamed);
  const was = isNamed ? byName(old, old) : old;
  const is = isNamed ? byName(next, next) : next;
  const mark = isNamed ? byName(marks, next) : marks;
  const keys = new Set([...was.keys(), ...is.keys(), ...mark.keys()]);
  return [...keys].flatMap((key) =>
    changedPaths(was.get(key), is.get(key), mark.get(key)).map((path) => [key, ...path]),
  );
}

/** Keys in order; those of a list are its indices. */
type Parts = ReadonlyMap<string, unknown>;

/** Undefined for what has no parts. */
function partsOf(value: unknown): Parts | undefined {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

function isListOfNamed(parts: Parts): boolean {
  const names = [...parts.values()].flatMap((item) => nameOf(item) ?? []);
  return (parts.size === 0 || parts.has("0")) && new Set(names).size === parts.size;
}

/** The same parts under the names of items, which stand in the same order. */
function byName(parts: Parts, items: Parts): Parts {
  return new Map([...parts].map(([key, part]) => [nameOf(items.get(key)) ?? key, part]));
}

function nameOf(item: unknown): string | undefined {
  const isNamed = typeof item === "object" && item !== null && "name" in item;
  return isNamed && typeof item.name === "string" ? item.name : undefined;
}
