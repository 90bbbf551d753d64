import type { Entry, Section, Tree } from "./tree.ts";

/** Lists that Compose replaces rather than lengthens when a later file names them again. */
const replacedLists = new Set(["command", "entrypoint", "test"]);

/** Lays a later file over an earlier one: sections are merged, lists lengthened, the rest replaced, as Compose does. */
export function mergeFiles(base: Section, over: Section): Section {
  return mergeSections(base, over, (key, below, above) => {
    if (below.kind === "list" && above.kind === "list" && !replacedLists.has(key)) {
      return { ...above, items: [...below.items, ...above.items] };
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
    entries.set(
      key,
      below === undefined ? entry : { ...entry, value: mergeParts(key, below, entry.value, join) },
    );
  }
  return { ...base, entries };
}

function mergeParts(key: string, below: Tree, above: Tree, join: Join): Tree {
  if (below.kind === "section" && above.kind === "section") return mergeSections(below, above, join);
  return join(key, below, above);
}
