import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonSchema } from "../../schema/json-schema.ts";

/** Arbitraries for settings whose schema cannot tell what is valid, by `section.key.key`, or `*.key` for any section. */
export type Meanings = Readonly<Record<string, fc.Arbitrary<unknown>>>;

export const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);

/** What a setting that is read but changes nothing may hold: anything. */
const anything = fc.jsonValue({ maxDepth: 1 }).filter((value) => !JSON.stringify(value).includes("$"));

/** What the language means by a word of its own; the schema's title is all that tells it. */
const titled: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: fc.oneof(word, fc.integer({ min: 0, max: 99 }), fc.boolean()),
  "processors, as `0.5`": fc.constantFrom(0.25, 0.5, "1", "1.5", 2, "0.30"),
  "size, as `512m`": fc.constantFrom("512m", "1g", "1.5gb", "900Mi", 1073741824, "2 GiB"),
  "duration, as `30s`": fc.constantFrom("5s", "1m", "90s", 10, "1m30s", 60),
  "command, as text or a list of words": fc.oneof(
    fc.array(word, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("run me", "sh -c 'echo done'", 'say "two words"'),
  ),
};

/** Values that a schema allows. A key of which nothing may be written is left out, another one stands in about every second value. */
export function fromSchema(schema: JsonSchema, at: string, meanings: Meanings): fc.Arbitrary<unknown> {
  const [, ...keys] = at.split(".");
  const meant = meanings[at] ?? meanings[["*", ...keys].join(".")] ?? titled[schema.title ?? ""];
  if (meant !== undefined) return meant;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.examples !== undefined && isText(schema)) return fc.constantFrom(...schema.examples);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one) => fromSchema(one, at, meanings)));
  const types = [schema.type ?? []].flat();
  return types.length === 0 ? anything : fc.oneof(...types.map((type) => ofType(type, schema, at, meanings)));
}

/** Whose own words tell more than its schema; numbers and choices are told by theirs. */
function isText({ type, anyOf, enum: some }: JsonSchema): boolean {
  return (
    some === undefined &&
    (anyOf !== undefined || type === undefined || !["integer", "boolean", "object"].includes(`${type}`))
  );
}

function ofType(type: string, schema: JsonSchema, at: string, meanings: Meanings): fc.Arbitrary<unknown> {
  switch (type) {
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 100_000) });
    case "boolean":
      return fc.boolean();
    case "string":
      return schema.pattern === undefined ? word : matching(schema.pattern, at);
    case "array":
      return fc.array(fromSchema(schema.items ?? {}, at, meanings), { minLength: 1, maxLength: 2 });
    case "object":
      return ofObject(schema, at, meanings);
    default:
      return fc.constant(null);
  }
}

/** The library knows most of what a pattern may hold. */
function matching(pattern: string, at: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch (error) {
    return assert.fail(`write into meanings.ts what \`${at}\` may be: ${error}`);
  }
}

function ofObject(schema: JsonSchema, at: string, meanings: Meanings): fc.Arbitrary<unknown> {
  const { properties, additionalProperties, required = [] } = schema;
  if (properties === undefined) {
    const value = typeof additionalProperties === "object" ? additionalProperties : {};
    return fc.dictionary(word, fromSchema(value, at, meanings), { maxKeys: 2 });
  }
  const written = Object.entries(properties).filter(([, { not }]) => not === undefined);
  const keys = written.map(([key, part]) => {
    const value = fromSchema(part, `${at}.${key}`, meanings);
    return [key, required.includes(key) ? value : fc.option(value, { nil: undefined, freq: 1 })] as const;
  });
  return fc.record(Object.fromEntries(keys)).map(withoutUndefined);
}

export function withoutUndefined(
  record: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** Leaves these keys out of a schema of settings: they are written by who puts the file together. */
export function without(schema: JsonSchema, ...keys: readonly string[]): JsonSchema {
  const kept = Object.entries(schema.properties ?? {}).filter(([key]) => !keys.includes(key));
  return {
    ...schema,
    properties: Object.fromEntries(kept),
    required: (schema.required ?? []).filter((key) => !keys.includes(key)),
  };
}
