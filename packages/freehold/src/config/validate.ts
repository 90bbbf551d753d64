import type { Problem } from "../errors.ts";
import type { Findings } from "./findings.ts";
import { hintFor } from "./suggest.ts";
import { isWithin, nearest, prune } from "./yaml/prune.ts";
import { type Path, placeAt, type Tree, toValue } from "./yaml/tree.ts";
import * as z from "./zod.ts";

/** What could be read of a part of a file, and that part without what could not. */
export interface Read<Value> {
  readonly tree: Tree;
  readonly value: Value;
}

/**
 * Reads a part of a file by its schema. Problems carry the place of the very value; what is wrong is taken out and the
 * rest is read on, so that one mistake hides no other. Undefined when nothing can be read without what is wrong.
 */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  tree: Tree,
  subject: string,
  findings: Findings,
  taken: readonly Path[] = [],
): Read<z.output<Schema>> | undefined {
  const result = schema.safeParse(toValue(tree), { error: messageOf, reportInput: true });
  if (result.success) return { tree, value: result.data };
  const mistakes = result.error.issues.flatMap((issue) => mistakesOf(issue, []));
  for (const { path, isCount, ...mistake } of mistakes) {
    // That something is missing after it was taken out has been told already.
    if (taken.some((one) => isWithin(path, one) || (isCount && isWithin(one, path)))) continue;
    findings.problem({ ...mistake, subject: subjectOf(subject, path), place: placeAt(tree, path) });
  }
  const wrong = mistakes.map(({ path }) => nearest(tree, path));
  const rest = prune(tree, wrong);
  return rest === undefined ? undefined : read(schema, rest, subject, findings, [...taken, ...wrong]);
}

type Issue = z.core.$ZodIssue;

interface Mistake extends Pick<Problem, "code" | "message" | "hint"> {
  readonly path: Path;
  /** It is of the number of items, some of which may have been taken out. */
  readonly isCount?: boolean;
}

function mistakesOf(issue: Issue, above: Path): readonly Mistake[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const allowed = issue.message.split("\n");
    return issue.keys.map((key) => unknownKey([...path, key], hintFor(key, allowed)));
  }
  const inner = issue.code === "invalid_union" ? meantBranch(issue.errors) : undefined;
  if (inner !== undefined) return inner.flatMap((one) => mistakesOf(one, path));
  const isCount = issue.code === "too_small" && issue.origin === "array";
  return [{ code: "value", path, isCount, message: withValue(issue) }];
}

function unknownKey(path: Path, hint: string): Mistake {
  return { code: "unknown-key", path, message: "is not a setting", hint };
}

/** The schemas' own messages say what must be; what was written goes before. */
function withValue({ input, message }: Issue): string {
  const isScalar = typeof input === "string" || typeof input === "number" || typeof input === "boolean";
  return isScalar && /^(?:must|is no) /.test(message) && !message.includes(shown(input))
    ? `${shown(input)} ${message}`
    : message;
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
      return formsMessage(issue.errors, issue.input);
    case "invalid_key":
      return issue.issues.map(({ message }) => message).join(", ");
    case "custom":
    case "invalid_format":
      return undefined;
    default:
      return `${shown(issue.input)} is not allowed here`;
  }
}

/** Of a value that fits no branch of a union: the kinds of value that the branches take. */
function formsMessage(branches: readonly (readonly Issue[])[], input: unknown): string {
  const kinds = branches
    .flat()
    .flatMap((issue) =>
      issue.code === "invalid_type" && issue.path.length === 0 ? [kindName(issue.expected)] : [],
    );
  // A text takes numbers and yes and no as they are written.
  const told = kinds.includes("a text") ? kinds.filter((kind) => !/number|true/.test(kind)) : kinds;
  const list = [...new Set(told)].join(" or ");
  if (list === "") return `${shown(input)} is not one of the forms allowed here`;
  return input === undefined ? `is missing; it must be ${list}` : `must be ${list}, not ${shown(input)}`;
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
