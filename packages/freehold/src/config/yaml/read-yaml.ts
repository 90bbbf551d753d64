import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type Scalar as YamlScalar,
} from "yaml";
import type { Place } from "../../errors.ts";
import type { Findings } from "../findings.ts";
import type { SourceFile } from "../source.ts";
import { type Entry, type Scalar, type Section, scalar, section, type Tree } from "./tree.ts";

/** A file a person wrote stays far below these; a YAML bomb (aliases of aliases) does not. */
const limits = { characters: 300_000, parts: 20_000, depth: 64 } as const;

interface Reading {
  readonly file: string;
  readonly lines: LineCounter;
  readonly findings: Findings;
  /** Nodes by anchor, the latest of a name: what an alias further on means. */
  readonly anchors: Map<string, unknown>;
  parts: number;
}

/** Thrown and caught in this file only: the file is beyond a limit. */
class TooMuch extends Error {
  override readonly name = "TooMuch";
}

/** Reads one YAML 1.2 document as Compose does, merge keys included. Undefined after a problem. */
export function readYaml(source: SourceFile, findings: Findings): Section | undefined {
  const lines = new LineCounter();
  const start: Place = { file: source.path, line: 1, column: 1 };
  const refuse = (message: string) =>
    void findings.problem({ code: "yaml", subject: "", message, place: start });
  if (source.text.length > limits.characters) return refuse("the file is larger than 300 kB");
  if (looksEndless(source.text)) return refuse(tooDeep);
  const documents = parseDocuments(source.text, lines);
  if (typeof documents === "string") return refuse(documents);
  const [document, second] = documents;
  if (document === undefined || document.contents === null)
    return refuse("the file is empty; it needs `services:`");
  if (second !== undefined) return refuse("the file holds several YAML documents; one is allowed");
  if (noteErrors(document, source.path, lines, findings)) return undefined;
  try {
    const tree = convert(
      document.contents,
      { file: source.path, lines, findings, anchors: new Map(), parts: 0 },
      0,
    );
    return tree.kind === "section"
      ? tree
      : refuse("the file must hold settings such as `services:`, not a single value or a list");
  } catch (error) {
    if (error instanceof TooMuch) return refuse(error.message);
    throw error;
  }
}

const tooDeep = `the file is nested deeper than ${limits.depth} levels, or an alias holds itself`;

/** Brackets, or dashes and other marks in a row, by the hundred: the library would take seconds to give up. Brackets in texts count as well. */
function looksEndless(text: string): boolean {
  if (/(?:[-?:][ \t]+){200}/.test(text)) return true;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > 300) return true;
    if (depth < 0) depth = 0;
  }
  return false;
}

/** The library throws a RangeError on absurd nesting, and nothing of ours can be meant by such a file. */
function parseDocuments(text: string, lineCounter: LineCounter): readonly Document.Parsed[] | string {
  try {
    return [...parseAllDocuments(text, { lineCounter, merge: true, uniqueKeys: false, logLevel: "silent" })];
  } catch {
    return "the file cannot be read as YAML";
  }
}

function noteErrors(document: Document, file: string, lines: LineCounter, findings: Findings): boolean {
  for (const error of document.errors) {
    const message = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "";
    findings.problem({ code: "yaml", subject: "", message, place: placeOf(error.pos[0], file, lines) });
  }
  return document.errors.length > 0;
}

function placeOf(offset: number, file: string, lines: LineCounter): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function convert(node: unknown, reading: Reading, depth: number): Tree {
  reading.parts += 1;
  if (reading.parts > limits.parts)
    throw new TooMuch("the file unfolds to more than 20000 values, perhaps through its aliases");
  if (depth > limits.depth) throw new TooMuch(tooDeep);
  if (isAlias(node)) return convertAlias(node, reading, depth);
  const place = placeOfNode(node, reading);
  if (isNode(node) && node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  if (isMap(node)) return convertMap(node, reading, depth, place);
  if (isSeq(node))
    return { kind: "list", items: node.items.map((item) => convert(item, reading, depth + 1)), place };
  return scalar(isScalar(node) ? plainValue(node) : null, place);
}

function convertAlias(alias: Alias, reading: Reading, depth: number): Tree {
  if (reading.anchors.has(alias.source))
    return convert(reading.anchors.get(alias.source), reading, depth + 1);
  const place = placeOfNode(alias, reading);
  reading.findings.problem({
    code: "yaml",
    subject: "",
    message: `no anchor \`&${alias.source}\` stands before this alias`,
    place,
  });
  return scalar(null, place);
}

/** A number that says more as it is written (`0644`, `1.10`, twenty digits) stays a text. */
function plainValue({ value, source }: YamlScalar): Scalar["value"] {
  if (typeof value === "number" && source !== undefined && String(value) !== source) return source;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return String(value);
}

function placeOfNode(node: unknown, { file, lines }: Reading): Place {
  return placeOf((isNode(node) ? node.range?.[0] : undefined) ?? 0, file, lines);
}

function convertMap(map: YAMLMap, reading: Reading, depth: number, place: Place): Section {
  const own = new Map<string, Entry>();
  const merged: (readonly [string, Entry])[] = [];
  for (const pair of map.items) {
    if (isMergeKey(pair)) merged.push(...mergedEntries(convert(pair.value, reading, depth + 1), reading));
    else addPair(pair, own, reading, depth);
  }
  // A key of one's own wins over a merged one, and of several merged ones the first: later entries of a Map win.
  return section([...merged.reverse(), ...own], place);
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && (pair.key.value === "<<" || typeof pair.key.value === "symbol");
}

function addPair(pair: Pair, entries: Map<string, Entry>, reading: Reading, depth: number): void {
  const key = convert(pair.key, reading, depth + 1);
  const place = key.place;
  const value = convert(pair.value, reading, depth + 1);
  const name = key.kind === "scalar" ? String(key.value) : undefined;
  if (name === undefined) {
    const message = "a key must be a single word, not a list or a section";
    reading.findings.problem({ code: "yaml", subject: "", message, place });
  } else if (entries.has(name)) {
    const message = `\`${name}\` is written twice in one section`;
    reading.findings.problem({ code: "duplicate-key", subject: name, message, place });
    // An absent value has no place of its own.
  } else {
    const merge = mergeOf(pair.value);
    entries.set(name, {
      place,
      value: pair.value === null ? scalar(null, place) : value,
      ...(merge === undefined ? {} : { merge }),
    });
  }
}

/** https://docs.docker.com/reference/compose-file/merge/#reset-value */
function mergeOf(node: unknown): Entry["merge"] {
  const tag = isNode(node) && !isAlias(node) ? node.tag : undefined;
  return tag === "!reset" ? "reset" : tag === "!override" ? "override" : undefined;
}

function mergedEntries(tree: Tree, reading: Reading): readonly (readonly [string, Entry])[] {
  if (tree.kind === "section") return [...tree.entries].reverse();
  if (tree.kind === "list") return tree.items.flatMap((item) => mergedEntries(item, reading));
  const message = "`<<` merges a section or a list of sections, usually an alias such as `*base`";
  reading.findings.problem({ code: "yaml", subject: "<<", message, place: tree.place });
  return [];
}
