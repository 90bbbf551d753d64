import { type Expression, isExpression, kindOf, type Value } from "./expression.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A value in Terraform's JSON syntax (https://developer.hashicorp.com/terraform/language/syntax/json): every string is a
 * template there, so literal text is escaped and an expression becomes `"${…}"`. Keys are sorted.
 */
export function renderValue(value: Value): Json {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "string") return escapeTemplate(value);
  if (isExpression(value)) return renderExpression(value);
  if (isList(value)) return value.map(renderValue);
  return Object.fromEntries(
    sortedEntries(value).map(([key, one]) => [escapeTemplate(key), renderValue(one)]),
  );
}

function renderExpression(expression: Expression): string {
  if (expression[kindOf] !== "template") return `\${${renderCode(expression)}}`;
  return expression.parts
    .map((part) => (typeof part === "string" ? escapeTemplate(part) : `\${${renderCode(part)}}`))
    .join("");
}

/** Terraform's native syntax, for what stands between `${` and `}`. */
function renderCode(value: Value): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  if (isExpression(value)) return renderExpressionCode(value);
  if (isList(value)) return `[${value.map(renderCode).join(", ")}]`;
  return `{${sortedEntries(value)
    .map(([key, one]) => `${quote(key)} = ${renderCode(one)}`)
    .join(", ")}}`;
}

function renderExpressionCode(expression: Expression): string {
  switch (expression[kindOf]) {
    case "ref":
      return expression.path.reduce<string>(
        (text, step) =>
          typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`,
        "",
      );
    case "template":
      return `"${expression.parts.map((part) => (typeof part === "string" ? escapeQuoted(part) : `\${${renderCode(part)}}`)).join("")}"`;
    case "call":
      return `${expression.name}(${expression.args.map(renderCode).join(", ")})`;
    case "member":
      return `${renderCode(expression.of)}.${expression.name}`;
    case "choice":
      return `(${renderCode(expression.condition)} ? ${renderCode(expression.yes)} : ${renderCode(expression.no)})`;
  }
}

function quote(text: string): string {
  return `"${escapeQuoted(text)}"`;
}

/** JSON's escapes are those of Terraform's quoted strings, but for the template markers. */
function escapeQuoted(text: string): string {
  return escapeTemplate(JSON.stringify(text).slice(1, -1));
}

function escapeTemplate(text: string): string {
  return text.replaceAll(/[$%]\{/g, (mark) => `${mark.charAt(0)}${mark}`);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function sortedEntries<T>(record: { readonly [key: string]: T }): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
