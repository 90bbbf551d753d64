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
  return renderParts(expression.parts, escapeTemplate);
}

/**
 * The parts of a template. A `$` or `%` at the end of a text would escape the expression behind it
 * (https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences), so it is one itself.
 */
function renderParts(parts: readonly Value[], escaped: (text: string) => string): string {
  return parts
    .map((part, index) => {
      if (typeof part !== "string") return `\${${renderCode(part)}}`;
      const end = index === parts.length - 1 ? part.length : endBeforeMarks(part);
      const marks = part.slice(end);
      return escaped(part.slice(0, end)) + (marks === "" ? "" : `\${"${marks}"}`);
    })
    .join("");
}

function endBeforeMarks(text: string): number {
  let end = text.length;
  while (end > 0 && "$%".includes(text.charAt(end - 1))) end -= 1;
  return end;
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
      return `"${renderParts(expression.parts, escapeQuoted)}"`;
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
