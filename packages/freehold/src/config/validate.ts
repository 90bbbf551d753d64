import { z } from "zod";
import type { Findings } from "./findings.ts";
import { hintFor } from "./suggest.ts";
import { type Path, placeAt, type Tree } from "./yaml/tree.ts";

/** Checks a part of a file against its schema; problems carry the place of the very value. Undefined after a problem. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  tree: Tree,
  value: unknown,
  subject: string,
  findings: Findings,
): z.output<Schema> | undefined {
  const result = schema.safeParse(value, { error: messageOf, reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues) reportIssue(issue, [], tree, subject, findings);
  return undefined;
}

type Issue = z.core.$ZodIssue;

function reportIssue(issue: Issue, above: Path, tree: Tree, subject: string, findings: Findings): void {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys)
      reportUnknownKey(key, path, issue.message.split("\n"), tree, subject, findings);
    return;
  }
  const inner = issue.code === "invalid_union" ? meantBranch(issue.errors) : undefined;
  if (inner !== undefined) {
    for (const one of inner) reportIssue(one, path, tree, subject, findings);
    return;
  }
  const place = placeAt(tree, path);
  findings.problem({ code: "value", subject: subjectOf(subject, path), message: withValue(issue), place });
}

/** The schemas' own messages say what must be; what was written goes before. */
function withValue({ input, message }: Issue): string {
  const isScalar = typeof input === "string" || typeof input === "number" || typeof input === "boolean";
  return isScalar && /^(?:must|is no) /.test(message) && !message.includes(shown(input))
    ? `${shown(input)} ${message}`
    : message;
}

function reportUnknownKey(
  key: string,
  path: Path,
  allowed: readonly string[],
  tree: Tree,
  subject: string,
  findings: Findings,
): void {
  const full = subjectOf(subject, [...path, key]);
  const place = placeAt(tree, [...path, key]);
  findings.problem({
    code: "unknown-key",
    subject: full,
    message: "is not a setting",
    hint: hintFor(key, allowed),
    place,
  });
}

/** The one branch of a union whose kind of value was written, if there is one: its complaints are to the point. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter((issues) => !issues.some(isOtherKind));
  return meant.length === 1 ? meant[0] : undefined;
}

function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return (
    issue.code === "invalid_type" ||
    (issue.code === "invalid_union" && meantBranch(issue.errors) === undefined)
  );
}

export function subjectOf(subject: string, path: Path): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return subject === "" ? steps.replace(/^\./, "") : `${subject}${steps}`;
}

/** Zod's error map; for unknown keys the message is the list of the allowed ones. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape).join("\n") : "";
    case "invalid_type":
      return issue.input === undefined
        ? `is missing; it must be ${kindName(issue.expected)}`
        : `must be ${kindName(issue.expected)}, not ${shown(issue.input)}`;
    case "invalid_value":
      return `${shown(issue.input)} is not allowed; it must be ${issue.values.map((value) => `\`${String(value)}\``).join(" or ")}`;
    case "too_small":
      return `${shown(issue.input)} is too ${isAmount(issue.origin) ? "small" : "short"}; at least ${issue.minimum}`;
    case "too_big":
      return `${shown(issue.input)} is too ${isAmount(issue.origin) ? "large" : "long"}; at most ${issue.maximum}`;
    case "invalid_union":
      return `${shown(issue.input)} is not one of the forms allowed here`;
    case "custom":
    case "invalid_format":
      return undefined;
    default:
      return `${shown(issue.input)} is not allowed here`;
  }
}

function isAmount(origin: string): boolean {
  return origin === "number" || origin === "int";
}

const kindNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a section of settings",
  record: "a section of names",
};

function kindName(expected: string): string {
  return kindNames[expected] ?? expected;
}

/** A value as the user wrote it, short. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a section";
  if (value === null || value === undefined || value === "") return "nothing";
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}
