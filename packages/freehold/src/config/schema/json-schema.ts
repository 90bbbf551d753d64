import * as z from "../zod.ts";

/** A JSON Schema, draft 7, which editors understand (https://json-schema.org/draft-07). */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly not?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** What a person may write where this schema reads. */
export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) =>
      Object.assign(jsonSchema, lostBy(zodSchema._zod.def), told(zodSchema)),
  });
  return json as JsonSchema;
}

/** zod leaves out the default and the examples of whatever holds a transformation. */
function told(schema: z.core.$ZodType): JsonSchema {
  const { default: initial, examples } = z.globalRegistry.get(schema) ?? {};
  return {
    ...(initial === undefined ? {} : { default: initial }),
    ...(Array.isArray(examples) ? { examples } : {}),
  };
}

/** zod tells nothing of the input of a preprocessing step, nor of a default before a transformation. */
function lostBy(definition: z.core.$ZodTypes["_zod"]["def"]): JsonSchema {
  if (definition.type === "default") return { default: definition.defaultValue };
  if (definition.type !== "pipe" || definition.in._zod.def.type !== "transform") return {};
  return toJsonSchema(definition.out as z.ZodType);
}

const interpolated: JsonSchema = { type: "string", pattern: "\\$\\{?[A-Za-z_]" };

/** Lets `${VARIABLE}` stand for every value that is more than any text. */
export function orInterpolated(schema: JsonSchema): JsonSchema {
  const { description, default: initial, examples, ...inner } = schema;
  const told = {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
    ...(examples === undefined ? {} : { examples }),
  };
  if (isNarrowScalar(schema)) return { ...told, anyOf: [inner, interpolated] };
  return {
    ...schema,
    ...(schema.anyOf === undefined ? {} : { anyOf: schema.anyOf.map(orInterpolated) }),
    ...(schema.items === undefined ? {} : { items: orInterpolated(schema.items) }),
    ...(schema.properties === undefined ? {} : { properties: mapValues(schema.properties, orInterpolated) }),
    ...(typeof schema.additionalProperties === "object"
      ? { additionalProperties: orInterpolated(schema.additionalProperties) }
      : {}),
    ...(schema.definitions === undefined
      ? {}
      : { definitions: mapValues(schema.definitions, orInterpolated) }),
  };
}

function isNarrowScalar({ type, const: only, enum: some, pattern }: JsonSchema): boolean {
  if (only !== undefined) return false;
  if (type === "integer" || type === "number" || type === "boolean") return true;
  return type === "string" && (some !== undefined || pattern !== undefined);
}

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
