import type { JsonSchema } from "./json-schema.ts";

/** What may be written, in words: `a` or `b`; whole number, 1 to 14; list of texts. */
export function valueText(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(" or ");
  if (schema.anyOf !== undefined) return unique(schema.anyOf.map(valueText)).join(" or ");
  if (schema.not !== undefined) return "–";
  return typed(schema);
}

function typed(schema: JsonSchema): string {
  const { type } = schema;
  if (typeof type === "object")
    return unique(type.map((one) => typed({ ...schema, type: one }))).join(" or ");
  switch (type) {
    case "array":
      return `list of ${plural(valueText(schema.items ?? {}))}`;
    case "object":
      return typeof schema.additionalProperties === "object"
        ? `by name: ${valueText(schema.additionalProperties)}`
        : "section";
    case "integer":
    case "number":
      return rangeText(schema);
    case "boolean":
      return "`true` or `false`";
    case "string":
      return "text";
    case "null":
      return "nothing";
    default:
      return "–";
  }
}

function rangeText({ type, minimum, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema): string {
  const kind = type === "integer" ? "whole number" : "number";
  if (minimum === undefined) return kind;
  return maximum >= Number.MAX_SAFE_INTEGER
    ? `${kind}, ${minimum} or more`
    : `${kind}, ${minimum} to ${maximum}`;
}

function plural(text: string): string {
  const kinds = text.split(" or ");
  return /^[a-z ]+$/.test(text) ? kinds.map((kind) => `${kind}s`).join(" or ") : text;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

export function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
