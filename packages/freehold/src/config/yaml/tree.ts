import type { Place } from "../../errors.ts";

/** A value of a file, with the place each part was written at; aliases and merge keys are already followed. */
export type Tree = Scalar | List | Section;

export interface Scalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly place: Place;
}

interface List {
  readonly kind: "list";
  readonly items: readonly Tree[];
  readonly place: Place;
}

export interface Section {
  readonly kind: "section";
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

export interface Entry {
  /** Of the key. */
  readonly place: Place;
  readonly value: Tree;
  /** How it meets what it is laid over, where it says so: takes it away, or its place whole. */
  readonly merge?: "reset" | "override";
  /** The key as the file has it, where it goes by another. */
  readonly written?: string;
}

export type Path = readonly PropertyKey[];

export function scalar(value: Scalar["value"], place: Place): Scalar {
  return { kind: "scalar", value, place };
}

export function section(entries: Iterable<readonly [string, Entry]>, place: Place): Section {
  return { kind: "section", entries: new Map(entries), place };
}

/** Plain JavaScript values; a section becomes an object with own properties only. */
export function toValue(tree: Tree): unknown {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "list":
      return tree.items.map(toValue);
    case "section":
      return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, toValue(entry.value)]));
  }
}

/** The part at that path, or undefined. */
export function partAt(tree: Tree | undefined, path: Path): Tree | undefined {
  const [step, ...rest] = path;
  if (tree === undefined || step === undefined) return tree;
  if (tree.kind === "section") return partAt(tree.entries.get(String(step))?.value, rest);
  if (tree.kind === "list") return partAt(tree.items[Number(step)], rest);
  return undefined;
}

/** Where the part at that path is written; of what is absent, the place of the nearest thing around it. */
export function placeAt(tree: Tree, path: Path): Place {
  const [step, ...rest] = path;
  if (step === undefined) return tree.place;
  if (tree.kind === "list") {
    const item = tree.items[Number(step)];
    return item === undefined ? tree.place : placeAt(item, rest);
  }
  const entry = tree.kind === "section" ? tree.entries.get(String(step)) : undefined;
  if (entry === undefined) return tree.place;
  return rest.length === 0 || entry.value.kind === "scalar" ? entry.place : placeAt(entry.value, rest);
}

export function sectionAt(tree: Tree | undefined, path: Path): Section | undefined {
  const part = partAt(tree, path);
  return part?.kind === "section" ? part : undefined;
}
