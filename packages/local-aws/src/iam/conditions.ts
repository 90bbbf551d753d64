import { type Operator, operators } from "./operators.ts";
import { matches, type Piece, piecesOf } from "./pattern.ts";
import type { Condition, Context } from "./policy.ts";

/** `unknown`: local-aws cannot tell. An Allow then does not apply, and a Deny does. */
export type Truth = "yes" | "no" | "unknown";

interface ParsedOperator {
  readonly quantifier: "all" | "any" | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

/**
 * Whether a condition holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
 */
export function holds(condition: Condition, context: Context, hasVariables: boolean): Truth {
  const { quantifier, name, ifExists } = parseOperator(condition.operator);
  const key = condition.key.toLowerCase();
  const values = context.values.get(key);
  if (values === undefined && !context.isAbsent(key)) return "unknown";
  if (name === "Null") return nullHolds(condition.values, values === undefined);
  const operator = operators[name];
  if (operator === undefined) return "unknown";
  if (values === undefined || values.length === 0) {
    return truth(ifExists || quantifier === "all" || (quantifier === undefined && operator.isNegated));
  }
  const wanted = condition.values.map((value) => wantedOf(value, hasVariables ? context : undefined));
  if (wanted.some((one) => one === "unknown")) return "unknown";
  const known = wanted.filter((one): one is readonly Piece[] => typeof one !== "string");
  const each = values.map((value) => compare(operator, value, known));
  return quantifier === "all" ? and(each) : or(each);
}

function parseOperator(text: string): ParsedOperator {
  const [, set, name = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text) ?? [];
  const quantifier = set === "ForAllValues" ? "all" : set === "ForAnyValue" ? "any" : undefined;
  return { quantifier, name, ifExists: ifExists !== undefined };
}

function nullHolds(wanted: readonly string[], isAbsent: boolean): Truth {
  return truth(wanted.some((value) => (value.toLowerCase() === "true") === isAbsent));
}

/** A variable without a value makes its alternative match nothing. */
function wantedOf(value: string, context: Context | undefined) {
  return piecesOf(value, context);
}

/** One value of the request with the policy's alternatives; of a negated operator none of them may match. */
function compare(operator: Operator, value: string, wanted: readonly (readonly Piece[])[]): Truth {
  const found = or(wanted.map((pieces) => operator.matches(value, pieces)));
  return operator.isNegated ? not(found) : found;
}

export function truth(value: boolean): Truth {
  return value ? "yes" : "no";
}

export function and(all: readonly Truth[]): Truth {
  if (all.includes("no")) return "no";
  return all.includes("unknown") ? "unknown" : "yes";
}

export function or(all: readonly Truth[]): Truth {
  if (all.includes("yes")) return "yes";
  return all.includes("unknown") ? "unknown" : "no";
}

export function not(one: Truth): Truth {
  if (one === "unknown") return "unknown";
  return one === "yes" ? "no" : "yes";
}

/** Whether one of the patterns matches; a variable of which nothing is known leaves it open. */
export function matchesAny(patterns: readonly string[], text: string, context: Context | undefined): Truth {
  return or(
    patterns.map((pattern) => {
      const pieces = piecesOf(pattern, context);
      if (pieces === "unknown") return "unknown";
      return truth(pieces !== "absent" && matches(pieces, text));
    }),
  );
}
