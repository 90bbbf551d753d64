import type { Condition, PolicyDocument, Selection, Statement } from "./policy.ts";

/** The text is not a policy. What it might deny is unknown, so nothing may be allowed beside it. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}

type Json = Readonly<Record<string, unknown>>;

const statementKeys = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/**
 * Reads an identity policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws PolicyError
 */
export function parsePolicy(text: string): PolicyDocument {
  const document = recordOf(parseJson(text), "the policy");
  const statements = listOf(document["Statement"]).map((one) => statementOf(recordOf(one, "a statement")));
  return { hasVariables: document["Version"] === "2012-10-17", statements };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError("a policy is not JSON");
  }
}

function statementOf(statement: Json): Statement {
  const unknown = Object.keys(statement).find((key) => !statementKeys.has(key));
  if (unknown !== undefined) throw new PolicyError(`a statement has the element ${unknown}`);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw new PolicyError("a statement has no effect");
  return {
    effect,
    actions: selectionOf(statement, "Action"),
    resources: selectionOf(statement, "Resource"),
    conditions: conditionsOf(statement["Condition"]),
  };
}

function selectionOf(statement: Json, element: "Action" | "Resource"): Selection {
  const patterns = statement[element];
  const excluded = statement[`Not${element}`];
  if ((patterns === undefined) === (excluded === undefined)) {
    throw new PolicyError(`a statement needs either ${element} or Not${element}`);
  }
  return patterns === undefined
    ? { kind: "none", patterns: textsOf(excluded) }
    : { kind: "any", patterns: textsOf(patterns) };
}

function conditionsOf(block: unknown): readonly Condition[] {
  if (block === undefined) return [];
  return Object.entries(recordOf(block, "a condition")).flatMap(([operator, keys]) =>
    Object.entries(recordOf(keys, operator)).map(([key, values]) => ({
      operator,
      key,
      values: textsOf(values),
    })),
  );
}

function recordOf(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new PolicyError(`${what} is not an object`);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).map((item) => {
    if (typeof item === "string") return item;
    if (typeof item === "boolean" || typeof item === "number") return String(item);
    throw new PolicyError("a policy has a value that is not text");
  });
}
