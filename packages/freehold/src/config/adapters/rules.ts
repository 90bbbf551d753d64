import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import type { Entry, Section, Tree } from "../yaml/tree.ts";
import type { Outcome, ReportRow } from "./adapter.ts";
import { type Part, part } from "./document.ts";

/** A key as it stands in a foreign file. */
export interface Written {
  /** Its whole path. */
  readonly key: string;
  readonly entry: Entry;
}

/** What keys have become so far. */
export interface Turned {
  readonly parts: readonly Part[];
  readonly rows: readonly ReportRow[];
}

/** Where the parts of a section go; adapters add what else their rules need to know. */
export interface Target {
  /** Path of the native section, as `["services", "api"]`. */
  readonly at: readonly string[];
}

export type Turn<Context extends Target> = (written: Written, context: Context, findings: Findings) => Turned;

/** What becomes of a key. */
export type Rule<Context extends Target> =
  | { readonly kind: "value"; readonly turn: Turn<Context> }
  | { readonly kind: "section"; readonly rules: Rules<Context> };

/** All that may be written in a section. */
export type Rules<Context extends Target> = Readonly<Record<string, Rule<Context>>>;

export const nothing: Turned = { parts: [], rows: [] };

export function together(all: readonly Turned[]): Turned {
  return { parts: all.flatMap(({ parts }) => parts), rows: all.flatMap(({ rows }) => rows) };
}

/** Goes over a section by its rules. A key that has none is a problem, with the nearest one that has. */
export function walk<Context extends Target>(
  section: Section,
  rules: Rules<Context>,
  key: string,
  context: Context,
  findings: Findings,
): Turned {
  const all = [...section.entries].map(([name, entry]) => {
    const written = { key: below(key, name), entry };
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule !== undefined) return follow(written, rule, context, findings);
    const hint = hintFor(name, Object.keys(rules));
    reportUnknown(written, hint, findings);
    return nothing;
  });
  return together(all);
}

/** The path of a key in a section. */
export function below(key: string, name: string): string {
  return key === "" ? name : `${key}.${name}`;
}

function follow<Context extends Target>(
  written: Written,
  rule: Rule<Context>,
  context: Context,
  findings: Findings,
): Turned {
  if (isBlank(written.entry.value)) return said(written, "noted", "is empty");
  if (rule.kind === "value") return rule.turn(written, context, findings);
  if (isEmpty(written.entry.value)) return said(written, "noted", "is empty");
  const inner = sectionOf(written, findings);
  return inner === undefined ? nothing : walk(inner, rule.rules, written.key, context, findings);
}

/** What a form left blank is no wish. */
function isBlank(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === "";
}

function isEmpty(tree: Tree): boolean {
  return tree.kind === "section" ? tree.entries.size === 0 : tree.kind === "scalar" && tree.value === null;
}

function reportUnknown({ key, entry }: Written, hint: string, findings: Findings): void {
  findings.problem({
    code: "unknown-key",
    subject: key,
    message: "is not a setting",
    hint,
    place: entry.place,
  });
}

/** Something is wrong with the value of a key. */
export function wrong(
  { key, entry }: Written,
  said: { readonly message: string; readonly hint?: string },
  findings: Findings,
): Turned {
  findings.problem({ code: "value", subject: key, ...said, place: entry.place });
  return nothing;
}

/** The section under a key; a problem where there is something else. */
export function sectionOf(written: Written, findings: Findings): Section | undefined {
  const { value } = written.entry;
  if (value.kind === "section") return value;
  wrong(written, { message: "must be a section of settings" }, findings);
  return undefined;
}

/** The items of the list under a key, each with its own path; nothing counts as none. */
export function itemsOf(written: Written, findings: Findings): readonly Written[] {
  const { value } = written.entry;
  if (isEmpty(value)) return [];
  if (value.kind === "list")
    return value.items.map((item, index) => ({
      key: `${written.key}[${index}]`,
      entry: { place: item.place, value: item },
    }));
  wrong(written, { message: "must be a list" }, findings);
  return [];
}

/** Text of a scalar; undefined for anything else. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && tree.value !== null ? String(tree.value) : undefined;
}

function said({ key, entry }: Written, outcome: Outcome, message: string): Turned {
  return { parts: [], rows: [{ key, place: entry.place, outcome, message }] };
}

/** A row for a key that becomes nothing of ours. */
export function noting({ key, entry }: Written, outcome: "noted" | "without counterpart", message: string) {
  return said({ key, entry }, outcome, message);
}

/** A key that becomes what stands at this path of the native document. */
export function mapping(
  { key, entry }: Written,
  path: readonly string[],
  value: Entry = entry,
  message = "",
): Turned {
  const to = path.join(".");
  return { parts: [part(path, value)], rows: [{ key, place: entry.place, outcome: "mapped", to, message }] };
}

/** Means the same here, at this path below the context's. */
export function mapped<Context extends Target>(path: readonly string[], message = ""): Rule<Context> {
  return turned((written, { at }) => mapping(written, [...at, ...path], written.entry, message));
}

/** Says what the section itself is called here. */
export function naming<Context extends Target>(message = ""): Rule<Context> {
  return turned((written, { at }) => ({
    parts: [],
    rows: mapping(written, at, written.entry, message).rows,
  }));
}

/** Asks for what happens anyway, or does not happen in the same way. */
export function noted<Context extends Target>(message: string): Rule<Context> {
  return turned((written) => noting(written, "noted", message));
}

/** Asks for what nothing here does. */
export function without<Context extends Target>(message: string): Rule<Context> {
  return turned((written) => noting(written, "without counterpart", message));
}

/** Depends on the value. */
export function turned<Context extends Target>(turn: Turn<Context>): Rule<Context> {
  return { kind: "value", turn };
}

/** A section of fixed keys. */
export function inside<Context extends Target>(rules: Rules<Context>): Rule<Context> {
  return { kind: "section", rules };
}
