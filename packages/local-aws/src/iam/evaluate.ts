import { and, holds, matchesAny, not, type Truth } from "./conditions.ts";
import { matchesText } from "./pattern.ts";
import type {
  AccessRequest,
  Condition,
  Context,
  LayerName,
  Layers,
  PolicyDocument,
  Resource,
  Selection,
  Statement,
} from "./policy.ts";

/** What the policies say; `doubts` name what local-aws could not tell and therefore did not count as allowed. */
export type Decision =
  | { readonly effect: "allow" }
  | {
      readonly effect: "deny";
      readonly kind: "explicit" | "implicit";
      readonly layer: LayerName;
      readonly doubts: readonly string[];
    };

interface Reading {
  readonly denies: boolean;
  readonly allows: boolean;
  readonly doubts: readonly string[];
}

const order = ["identity", "boundary", "session"] as const satisfies readonly LayerName[];

/**
 * Decides on one action on one resource: an explicit Deny in any layer wins; else every layer that is there must allow it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(layers: Layers, request: AccessRequest): Decision {
  const readings = order.flatMap((layer) => {
    const policies = layers[layer];
    return policies === undefined ? [] : [{ layer, ...readingOf(policies, request) }];
  });
  const doubts = readings.flatMap((reading) => reading.doubts);
  const denied = readings.find(({ denies }) => denies);
  if (denied !== undefined) return { effect: "deny", kind: "explicit", layer: denied.layer, doubts };
  const silent = readings.find(({ allows }) => !allows);
  if (silent !== undefined) return { effect: "deny", kind: "implicit", layer: silent.layer, doubts };
  return { effect: "allow" };
}

function readingOf(policies: readonly PolicyDocument[], request: AccessRequest): Reading {
  const each = policies.flatMap(({ statements, hasVariables }) =>
    statements.map((statement) => ({ statement, applies: applies(statement, request, hasVariables) })),
  );
  const open = each.filter(({ applies: truth }) => truth === "unknown");
  return {
    denies: each.some(({ statement, applies: truth }) => statement.effect === "Deny" && truth !== "no"),
    allows: each.some(({ statement, applies: truth }) => statement.effect === "Allow" && truth === "yes"),
    doubts: open.map(({ statement }) => doubtOf(statement, request)),
  };
}

function applies(
  statement: Statement,
  { action, resource, context }: AccessRequest,
  hasVariables: boolean,
): Truth {
  const isAction = selects(statement.actions, (patterns) => actionMatches(patterns, action));
  if (isAction === "no") return "no";
  const variables = hasVariables ? context : undefined;
  const isResource = selects(statement.resources, (patterns) =>
    resourceMatches(patterns, resource, variables),
  );
  if (isResource === "no") return "no";
  return and([isResource, ...statement.conditions.map((one) => holds(one, context, hasVariables))]);
}

function selects({ kind, patterns }: Selection, find: (patterns: readonly string[]) => Truth): Truth {
  return kind === "any" ? find(patterns) : not(find(patterns));
}

/** Actions know no case and no variables. */
function actionMatches(patterns: readonly string[], action: string): Truth {
  const name = action.toLowerCase();
  return patterns.some((pattern) => matchesText(pattern.toLowerCase(), name)) ? "yes" : "no";
}

function resourceMatches(
  patterns: readonly string[],
  resource: Resource,
  context: Context | undefined,
): Truth {
  if (patterns.includes("*")) return "yes";
  if (resource.kind === "unknown") return "unknown";
  return matchesAny(patterns.map(completed), resource.arn, context);
}

/** An ARN with fewer than six parts stands for every value of the missing ones. */
function completed(pattern: string): string {
  const missing = 6 - pattern.split(":").length;
  return pattern.startsWith("arn:") && missing > 0 ? pattern + ":*".repeat(missing) : pattern;
}

function doubtOf({ effect, conditions }: Statement, { resource }: AccessRequest): string {
  const keys = conditions.map(({ operator, key }: Condition) => `${operator} ${key}`).join(", ");
  const reasons = [
    resource.kind === "unknown" ? resource.reason : "",
    keys === "" ? "" : `condition ${keys}`,
  ];
  return `${effect}: ${reasons.filter((reason) => reason !== "").join("; ") || "a policy variable"}`;
}
