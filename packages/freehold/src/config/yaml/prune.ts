import { type Path, partAt, type Section, type Tree } from "./tree.ts";

/**
 * The tree without these parts; what stays keeps its place in the file.
 *
 * @param paths of parts that are there. Undefined when one of them is the whole tree.
 */
export function prune(tree: Tree, paths: readonly Path[]): Tree | undefined {
  if (paths.some((path) => path.length === 0)) return undefined;
  // Where a whole part goes, its own parts need no mention; from the end, so that no index moves before its turn.
  const whole = paths.filter((path, index) => !paths.some((other, at) => covers(other, path, at < index)));
  return whole.toReversed().reduce(without, tree);
}

/** The path itself, or that of the nearest thing around it which is there. */
export function nearest(tree: Tree, path: Path): Path {
  return path.length === 0 || partAt(tree, path) !== undefined ? path : nearest(tree, path.slice(0, -1));
}

/** Whether a path is the other one, or leads further into it. */
export function isWithin(path: Path, around: Path): boolean {
  return around.every((step, index) => String(path[index]) === String(step));
}

function covers(other: Path, path: Path, isEarlier: boolean): boolean {
  return isWithin(path, other) && (path.length > other.length || isEarlier);
}

function without(tree: Tree, [step, ...rest]: Path): Tree {
  if (tree.kind === "section") return withoutEntry(tree, String(step), rest);
  if (tree.kind === "scalar") return tree;
  const items = tree.items.flatMap((item, index) => {
    if (index !== step) return [item];
    return rest.length === 0 ? [] : [without(item, rest)];
  });
  return { ...tree, items };
}

function withoutEntry(tree: Section, key: string, rest: Path): Section {
  const entries = [...tree.entries].flatMap(([name, entry]) => {
    if (name !== key) return [[name, entry] as const];
    return rest.length === 0 ? [] : [[name, { ...entry, value: without(entry.value, rest) }] as const];
  });
  return { ...tree, entries: new Map(entries) };
}
