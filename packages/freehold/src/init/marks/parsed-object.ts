/** An object of a file somebody else wrote; what is absent or of another type is empty. */
export interface ParsedObject {
  object(key: string): Readonly<Record<string, unknown>>;
  section(key: string): ParsedObject;
  text(key: string): string | undefined;
  number(key: string): number | undefined;
  list(key: string): readonly string[];
  items(key: string): readonly unknown[];
  has(key: string): boolean;
}

/** Of a text that is no JSON object, an empty one: a mark is then known by its name alone. */
export function parsedObject(text: string): ParsedObject {
  return objectOf(parsed(text));
}

/** A value as an object; an empty one where it is none. */
export function objectOf(written: unknown): ParsedObject {
  const value = asObject(written);
  const items = (key: string): readonly unknown[] => (Array.isArray(value[key]) ? value[key] : []);
  return {
    object: (key) => asObject(value[key]),
    section: (key) => objectOf(value[key]),
    text: (key) => (typeof value[key] === "string" ? value[key] : undefined),
    number: (key) => (typeof value[key] === "number" ? value[key] : undefined),
    list: (key) => items(key).filter((one) => typeof one === "string"),
    items,
    has: (key) => Object.hasOwn(value, key),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
