/** A file to be written, as data: each entry may carry the reason it is there. */
export type Value = string | number | boolean | null | readonly Value[] | Mapping;

export interface Mapping {
  readonly entries: readonly Entry[];
  /** On one line: `{ type: ignore }`. */
  readonly isInline: boolean;
}

export interface Entry {
  readonly key: string;
  readonly value: Value;
  /** Stands in the lines above the entry. */
  readonly comment?: string;
}

export function entry(key: string, value: Value, comment?: string): Entry {
  return comment === undefined ? { key, value } : { key, value, comment };
}

export function mapping(...entries: readonly (Entry | undefined)[]): Mapping {
  return { entries: entries.filter((one) => one !== undefined), isInline: false };
}

export function inline(...entries: readonly (Entry | undefined)[]): Mapping {
  return { ...mapping(...entries), isInline: true };
}

export function isMapping(value: Value): value is Mapping {
  return typeof value === "object" && value !== null && "entries" in value && "isInline" in value;
}

/** Plain JavaScript values, as a YAML parser would give them. */
export function plain(value: Value): unknown {
  if (isMapping(value)) return Object.fromEntries(value.entries.map((one) => [one.key, plain(one.value)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
