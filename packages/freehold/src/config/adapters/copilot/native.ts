import type { Place } from "../../../errors.ts";
import { type Entry, type Section, section, type Tree } from "../../yaml/tree.ts";
import type { Write } from "./treatment.ts";

/** The native file that holds every write: lists grow, and of two values the last counts. */
export function assemble(writes: readonly Write[], place: Place): Section {
  return arranged(
    writes.reduce((tree, one) => put(tree, one.path, one.value), section([], place)),
    [],
  );
}

function put(tree: Section, [step, ...rest]: readonly string[], value: Tree): Section {
  if (step === undefined) return tree;
  const below = tree.entries.get(step);
  const entries = new Map<string, Entry>(tree.entries);
  if (rest.length === 0) {
    entries.set(step, { place: below?.place ?? value.place, value: joined(below?.value, value) });
  } else {
    const inner = below?.value.kind === "section" ? below.value : section([], value.place);
    entries.set(step, { place: below?.place ?? value.place, value: put(inner, rest, value) });
  }
  return { ...tree, entries };
}

function joined(below: Tree | undefined, value: Tree): Tree {
  if (below?.kind === "list" && value.kind === "list") {
    const known = new Set(below.items.map(plain));
    return { ...below, items: [...below.items, ...value.items.filter((item) => !known.has(plain(item)))] };
  }
  if (below?.kind === "section" && value.kind === "section" && value.entries.size === 0) return below;
  return value;
}

function plain(tree: Tree): unknown {
  return tree.kind === "scalar" ? tree.value : tree;
}

const orderOfFile = ["name", "services", "volumes", "x-freehold"];
const orderOfSettings = ["resources", "collections", "variables"];
const orderOfCollection = ["account", "region", "network", "ingress"];
const orderOfEnvironment = ["kind", "branch", "promote_from", "approval", "variables"];
const orderOfService = [
  "build",
  "image",
  "platform",
  "entrypoint",
  "command",
  "ports",
  "expose",
  "environment",
];

/** As a person would write it: what it runs first, how it runs on AWS last. */
function arranged(tree: Section, path: readonly string[]): Section {
  const order = orderAt(path);
  const entries = [...tree.entries].map(
    ([key, { place, value }]) =>
      [key, { place, value: value.kind === "section" ? arranged(value, [...path, key]) : value }] as const,
  );
  return section(
    order === undefined ? entries : entries.sort(([a], [b]) => rank(order, a) - rank(order, b)),
    tree.place,
  );
}

function orderAt(path: readonly string[]): readonly string[] | undefined {
  if (path.length === 0) return orderOfFile;
  if (path.length === 1 && path[0] === "x-freehold") return orderOfSettings;
  if (path.length === 2 && path[0] === "services") return orderOfService;
  if (path[1] === "collections" && path.length === 3) return orderOfCollection;
  if (path[3] === "environments" && path.length === 5) return orderOfEnvironment;
  return ["type"];
}

/** What is not in the list keeps its place after what is; these close what they stand in. */
const closing: ReadonlySet<string> = new Set(["environments", "x-freehold"]);

function rank(order: readonly string[], key: string): number {
  const index = order.indexOf(key);
  if (index >= 0) return index;
  return closing.has(key) ? order.length + 1 : order.length;
}
