import { Document, isMap, isScalar, visit, type YAMLMap, type YAMLSeq } from "yaml";
import { toValue } from "../yaml/tree.ts";
import type { Adapted, ReportRow } from "./adapter.ts";

export interface NativeFileOptions {
  /** Names of the files it was made from. */
  readonly from: readonly string[];
  /** The document holds `${NAME}` and `$$` as Compose writes them; else every dollar is meant. */
  readonly hasVariables: boolean;
}

const width = 110;

/** What a reader looks for first; settings of Freehold's own come after Compose's. */
const leading = ["name", "type", "services", "build", "image", "command"];

function rankOf(key: unknown): number {
  const name = isScalar(key) ? String(key.value) : "";
  if (name === "x-freehold") return leading.length + 1;
  const rank = leading.indexOf(name);
  return rank < 0 ? leading.length : rank;
}

/** The document as a person would keep it: what needs an eye stands in comments, at its place where it has one. */
export function renderNativeFile({ document, report }: Adapted, options: NativeFileOptions): string {
  const value = toValue(document);
  const yaml = new Document(options.hasVariables ? value : dollarsKept(value), {
    aliasDuplicateObjects: false,
  });
  yaml.commentBefore = headerOf(report, options.from);
  for (const [to, messages] of commentsOf(report)) commentAt(yaml, to.split("."), messages);
  visit(yaml, { Map: orderKeys, Seq: foldList });
  return yaml.toString({ lineWidth: width });
}

function orderKeys(_key: unknown, map: YAMLMap): void {
  map.items.sort((a, b) => rankOf(a.key) - rankOf(b.key));
}

/** A list of plain values stands on one line. */
function foldList(_key: unknown, list: YAMLSeq): void {
  list.flow = list.items.every((item) => isScalar(item));
}

/** Compose fills in what follows a dollar; two mean one. */
function dollarsKept(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map(dollarsKept);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dollarsKept(inner)]));
}

function headerOf(report: readonly ReportRow[], from: readonly string[]): string {
  const lost = report.filter(({ outcome }) => outcome === "without counterpart");
  const [main, ...others] = from;
  const all = others.length > 2 ? `${main} and ${others.length} files more` : from.join(" and ");
  const lines = [`Written by \`freehold import\` from ${all}.`];
  if (lost.length > 0) lines.push("", "Without counterpart, so look through these:");
  for (const { key, place, message } of lost)
    lines.push(`  ${place.file === main ? "" : `${place.file}: `}${key}: ${message}`);
  return lines.map((line) => (line === "" ? "" : ` ${line}`)).join("\n");
}

/** What is said of a key that was mapped, by the path of its setting here. */
function commentsOf(report: readonly ReportRow[]): ReadonlyMap<string, readonly string[]> {
  const comments = new Map<string, readonly string[]>();
  for (const { to, message } of report) {
    if (to === undefined || message === "") continue;
    const before = comments.get(to) ?? [];
    if (!before.includes(message)) comments.set(to, [...before, message]);
  }
  return comments;
}

function commentAt(yaml: Document, [...path]: readonly string[], messages: readonly string[]): void {
  const name = path.pop();
  const around = path.length === 0 ? yaml.contents : yaml.getIn(path, true);
  const pair = isMap(around)
    ? around.items.find(({ key }) => isScalar(key) && key.value === name)
    : undefined;
  if (isScalar(pair?.key)) pair.key.commentBefore = messages.map((message) => ` ${message}`).join("\n");
}
