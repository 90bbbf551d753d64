import type { Findings } from "./findings.ts";
import { read, shown, subjectOf } from "./validate.ts";
import { type Tree, toValue } from "./yaml/tree.ts";
import * as z from "./zod.ts";

const laterFields = new WeakSet<z.ZodType>();

/** What the description of such a setting ends with, for all who read it. */
export const notBuilt = "Not built yet.";

/** A setting of the language whose AWS side is not built yet and that can wait: checked, accepted, and said so each time. */
export function later<Schema extends z.ZodType>(description: string, schema: Schema) {
  const field = schema.optional().describe(`${description} ${notBuilt}`);
  laterFields.add(field);
  return field;
}

/** A setting that is not built yet and whose absence would change what is safe or what is touched: an error. */
export function notYet(description: string, wayOut: string) {
  return z.never(`is not built yet; ${wayOut}`).optional().describe(`${description} ${notBuilt}`);
}

/** One of several values of the language, of which only these are built. */
export function builtSoFar<const Value extends string>(value: Value) {
  return z.literal(value, { error: (issue) => `${shown(issue.input)} is not built yet; \`${value}\` is` });
}

/** Reads a part of a file, and tells which of the written settings change nothing for now. */
export function readNoting<Schema extends z.ZodType>(
  schema: Schema,
  tree: Tree,
  subject: string,
  findings: Findings,
): z.output<Schema> | undefined {
  const found = read(schema, tree, subject, findings);
  if (found === undefined) return undefined;
  noteLater(schema, toValue(found.tree), subject, findings);
  return found.value;
}

function noteLater(schema: z.ZodType, value: unknown, subject: string, findings: Findings): void {
  const inner = unwrap(schema);
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const field = fieldOf(inner, key);
    if (!(field instanceof z.ZodType) || part === undefined) continue;
    const full = subjectOf(subject, [key]);
    if (laterFields.has(field)) findings.later(full);
    else noteLater(field, part, full, findings);
  }
}

function fieldOf(schema: unknown, key: string): unknown {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: z.ZodType): unknown {
  let inner: unknown = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault
  ) {
    inner = inner.unwrap();
  }
  return inner;
}
