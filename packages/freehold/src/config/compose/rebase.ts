import { projectPath } from "../paths.ts";
import { type Entry, type Section, scalar, type Tree } from "../yaml/tree.ts";

type Change = (tree: Tree) => Tree;

/**
 * The services of a file that lies in `folder`, with the paths they name told from the project's folder, as Compose does for
 * `extends` and `include` (https://docs.docker.com/reference/compose-file/include/).
 */
export function rebaseServices(file: Section, folder: string): Section {
  if (folder === ".") return file;
  const filed: Change = (tree) => inSection(tree, { file: inScalar((path) => below(folder, path)) });
  return inSection(file, {
    services: eachEntry((service) => rebaseService(service, folder)),
    configs: eachEntry(filed),
    secrets: eachEntry(filed),
  });
}

function rebaseService(service: Tree, folder: string): Tree {
  const moved = inScalar((path) => below(folder, path));
  return inSection(service, {
    build: either(moved, { context: moved }),
    env_file: eachItem(either(moved, { path: moved })),
    extends: either((name) => name, { file: moved }),
    volumes: eachItem(
      either(
        inScalar((mount) => moveMount(folder, mount)),
        { source: inScalar((path) => moveSource(folder, path)) },
      ),
    ),
    "x-freehold": (settings) => inSection(settings, { folder: moved }),
  });
}

/** Absolute paths, URLs and the like stay as they are. */
export function below(folder: string, path: string): string {
  return projectPath(path) === undefined ? path : (projectPath(`${folder}/${path}`) ?? path);
}

function moveMount(folder: string, mount: string): string {
  const [source = "", ...rest] = mount.split(":");
  return rest.length === 0 ? mount : [moveSource(folder, source), ...rest].join(":");
}

/** Only what begins like a path is one; the rest are names of volumes. */
function moveSource(folder: string, source: string): string {
  return source.startsWith(".") ? `./${below(folder, source)}` : source;
}

function inScalar(change: (text: string) => string): Change {
  return (tree) =>
    tree.kind === "scalar" && typeof tree.value === "string" ? scalar(change(tree.value), tree.place) : tree;
}

/** A short form, or parts of the long one. */
function either(short: Change, long: Readonly<Record<string, Change>>): Change {
  return (tree) => (tree.kind === "section" ? inSection(tree, long) : short(tree));
}

/** Each item of a list; what is no list is taken for its only item. */
function eachItem(change: Change): Change {
  return (tree) => (tree.kind === "list" ? { ...tree, items: tree.items.map(change) } : change(tree));
}

function eachEntry(change: Change): Change {
  return (tree) => (tree.kind === "section" ? { ...tree, entries: mapEntries(tree, () => change) } : tree);
}

function inSection<Part extends Tree>(tree: Part, changes: Readonly<Record<string, Change>>): Part {
  return tree.kind === "section" ? { ...tree, entries: mapEntries(tree, (key) => changes[key]) } : tree;
}

function mapEntries(
  tree: Section,
  changeOf: (key: string) => Change | undefined,
): ReadonlyMap<string, Entry> {
  return new Map(
    [...tree.entries].map(([key, entry]) => [
      key,
      { ...entry, value: changeOf(key)?.(entry.value) ?? entry.value },
    ]),
  );
}
