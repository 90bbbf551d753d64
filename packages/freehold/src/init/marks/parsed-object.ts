/** A JSON object of a file somebody else wrote; what is absent or of another type is empty. */
export interface ParsedObject {
  object(key: string): Readonly<Record<string, unknown>>;
  text(key: string): string | undefined;
  list(key: string): readonly string[];
  has(key: string): boolean;
}

/** Of a text that is no JSON object, an empty one: a mark is then known by its name alone. */
export function parsedObject(text: string): ParsedObject {
  const value = asObject(parsed(text));
  return {
    object: (key) => asObject(value[key]),
    text: (key) => (typeof value[key] === "string" ? value[key] : undefined),
    list: (key) => (Array.isArray(value[key]) ? value[key].filter((one) => typeof one === "string") : []),
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
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
