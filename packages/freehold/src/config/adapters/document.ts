import type { Place } from "../../errors.ts";
import { override } from "../yaml/merge.ts";
import { type Entry, partAt, type Section, scalar, section, type Tree } from "../yaml/tree.ts";

/** A piece of the native document: where it stands, and what stands there. */
export interface Part {
  readonly path: readonly string[];
  readonly entry: Entry;
  /** The entry is one item of the list at the path. */
  readonly isItem?: true;
}

export function part(path: readonly string[], entry: Entry): Part {
  return { path, entry };
}

/** One more item of the list at the path. */
export function item(path: readonly string[], entry: Entry): Part {
  return { path, entry, isItem: true };
}

/** A plain value as if it were written at that place. */
export function placed(value: unknown, place: Place): Entry {
  return { place, value: treeOf(value, place) };
}

function treeOf(value: unknown, place: Place): Tree {
  if (Array.isArray(value))
    return { kind: "list", items: value.map((item: unknown) => treeOf(item, place)), place };
  if (typeof value === "object" && value !== null)
    return section(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, placed(inner, place)] as const),
      place,
    );
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return scalar(isPlain ? value : null, place);
}

/** The parts as one document; of two at the same path the later one wins, and sections are merged. */
export function documentOf(parts: readonly Part[], place: Place): Section {
  return parts.reduce(
    (document, one) => override(document, nested(one.path, entryOf(one, document))),
    section([], place),
  );
}

function entryOf({ path, entry, isItem }: Part, document: Section): Entry {
  if (isItem !== true) return entry;
  const list = partAt(document, path);
  const items = list?.kind === "list" ? list.items : [];
  const isThere = items.some((one) => textOf(one) === textOf(entry.value));
  const value: Tree = { kind: "list", items: isThere ? items : [...items, entry.value], place: entry.place };
  return { place: entry.place, value };
}

function nested([step, ...rest]: readonly string[], entry: Entry): Section {
  if (step === undefined) return entry.value.kind === "section" ? entry.value : section([], entry.place);
  const inner = rest.length === 0 ? entry : { place: entry.place, value: nested(rest, entry) };
  return section([[step, inner]], entry.place);
}

function textOf(tree: Tree): string | undefined {
  return tree.kind === "scalar" ? String(tree.value) : undefined;
}
