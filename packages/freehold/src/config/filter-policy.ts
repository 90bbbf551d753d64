import type { FilterPolicy, FilterValue } from "../app/topic.ts";
import * as z from "./zod.ts";

type Report = (message: string, path: readonly PropertyKey[]) => void;

/** What one condition may say of a value, and what stands after it. */
const operators: Readonly<Record<string, (operand: unknown) => boolean>> = {
  "anything-but": (operand) => isPlainOrList(operand) || isOnly(operand, "prefix", "suffix"),
  cidr: (operand) => typeof operand === "string",
  "equals-ignore-case": (operand) => typeof operand === "string",
  exists: (operand) => typeof operand === "boolean",
  numeric: isComparison,
  prefix: (operand) => typeof operand === "string",
  suffix: (operand) => typeof operand === "string",
};

/**
 * A filter policy of SNS: of each key what may be its value
 * (https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html).
 */
export const filterPolicy = z
  .record(z.string(), z.unknown().meta({ title: "list of values or conditions" }))
  .transform((value, context): FilterPolicy => {
    const report: Report = (message, path) => context.addIssue({ code: "custom", message, path: [...path] });
    if (Object.keys(value).length > 5) report("names more than the 5 keys that SNS takes", []);
    return readPolicy(value, [], report);
  });

function readPolicy(value: object, path: readonly PropertyKey[], report: Report): FilterPolicy {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, readPart(part, [...path, key], report)]),
  );
}

/** A list of what may be, or keys below this one. */
function readPart(value: unknown, path: readonly PropertyKey[], report: Report): FilterValue {
  if (Array.isArray(value) && value.length > 0)
    return value.map((one, at) => readCondition(one, [...path, at], report));
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return readPolicy(value, path, report);
  report("must be a list of the values that pass", path);
  return null;
}

function readCondition(value: unknown, path: readonly PropertyKey[], report: Report): FilterValue {
  if (isPlain(value)) return value;
  if (path.at(-2) === "$or" && typeof value === "object") return readPolicy(value ?? {}, path, report);
  const [[name = "", operand] = []] = Object.entries(value ?? {});
  const isRight = Object.hasOwn(operators, name) && operators[name]?.(operand) === true;
  if (!isRight || Object.keys(value ?? {}).length !== 1)
    report(
      `must list values and conditions, each one of ${Object.keys(operators).join(", ")}`,
      path.slice(0, -1),
    );
  return { [name]: readOperand(operand) };
}

function readOperand(value: unknown): FilterValue {
  if (isPlain(value)) return value;
  if (Array.isArray(value)) return value.filter(isPlain);
  return Object.fromEntries(
    Object.entries(value ?? {}).filter((entry): entry is [string, string] => isPlain(entry[1])),
  );
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function isPlainOrList(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isPlain) : isPlain(value);
}

function isOnly(value: unknown, ...names: readonly string[]): boolean {
  const entries = Object.entries(typeof value === "object" && value !== null ? value : {});
  return (
    entries.length === 1 && entries.every(([name, one]) => names.includes(name) && typeof one === "string")
  );
}

/** `["=", 5]`, or one bound below and one above: `[">", 0, "<=", 150]`. */
function isComparison(operand: unknown): boolean {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return false;
  return operand.every((one, at) =>
    at % 2 === 0 ? ["=", "<", "<=", ">", ">="].includes(String(one)) : typeof one === "number",
  );
}
