import { joinLists } from "../compose/places.ts";
import { type Entry, type Section, scalar, section, type Tree } from "./tree.ts";

/** Lists that Compose replaces rather than lengthens when a later file names them again. */
const replacedLists = new Set(["command", "entrypoint", "test"]);

/** Lays a later file over an earlier one: sections are merged, lists lengthened, the rest replaced, as Compose does. */
export function mergeFiles(base: Section, over: Section): Section {
  return mergeSections(base, over, (key, below, above) => {
    if (below.kind === "list" && above.kind === "list" && !replacedLists.has(key)) {
      return { ...above, items: joinLists(key, below.items, above.items) };
    }
    return above;
  });
}

/** Lays an environment's settings over the service's own: sections are merged, everything else replaced. */
export function override(base: Section, over: Section): Section {
  return mergeSections(base, over, (_key, _below, above) => above);
}

type Join = (key: string, below: Tree, above: Tree) => Tree;

function mergeSections(base: Section, over: Section, join: Join): Section {
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)?.value;
    const isWhole = below === undefined || entry.merge !== undefined;
    entries.set(key, isWhole ? entry : { ...entry, value: mergeParts(key, below, entry.value, join) });
  }
  return { ...base, entries };
}

/** Without what `!reset` takes away, once all files are laid over one another. */
export function withoutResets(tree: Section): Section {
  const entries = [...tree.entries].flatMap(([key, entry]): readonly (readonly [string, Entry])[] => {
    if (entry.merge === "reset") return [];
    const { value } = entry;
    return [[key, value.kind === "section" ? { ...entry, value: withoutResets(value) } : entry]];
  });
  return { ...tree, entries: new Map(entries) };
}

/** Written as a map or as a list of `KEY=value` or of names, they mean the same. */
const assigned = new Set(["environment", "args", "labels", "sysctls", "depends_on"]);

function mergeParts(key: string, below: Tree, above: Tree, join: Join): Tree {
  if (assigned.has(key) && below.kind !== above.kind && below.kind !== "scalar" && above.kind !== "scalar")
    return mergeParts(key, asSection(below), asSection(above), join);
  if (below.kind === "section" && above.kind === "section") return mergeSections(below, above, join);
  return join(key, below, above);
}

function asSection(tree: Tree): Tree {
  if (tree.kind !== "list") return tree;
  const entries = tree.items.map(({ place, ...item }): readonly [string, Entry] => {
    const text = item.kind === "scalar" ? String(item.value) : "";
    const equals = text.indexOf("=");
    const value = scalar(equals < 0 ? null : text.slice(equals + 1), place);
    return [equals < 0 ? text : text.slice(0, equals), { place, value }];
  });
  return section(entries, tree.place);
}
