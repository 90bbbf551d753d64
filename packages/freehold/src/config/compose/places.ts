import { partAt, type Tree } from "../yaml/tree.ts";
import { parseMount } from "./volumes.ts";

/** Where in the container an item of these lists of a service lies. */
const placeOf: Readonly<Record<string, (item: Tree) => string | undefined>> = {
  volumes: (item) =>
    textOf(partAt(item, ["target"])) ?? mapped(textOf(item), (text) => parseMount(text).target),
  configs: (item) => below("/", item),
  secrets: (item) => below("/run/secrets/", item),
};

/**
 * A list with those of a later file: what lies at the same place in the container stands where the earlier did, as Compose has it
 * (https://docs.docker.com/reference/compose-file/merge/#unique-resources).
 */
export function joinLists(key: string, earlier: readonly Tree[], later: readonly Tree[]): readonly Tree[] {
  const place = placeOf[key];
  if (place === undefined) return [...earlier, ...later];
  const byPlace = new Map<string | Tree, Tree>();
  for (const item of [...earlier, ...later]) byPlace.set(place(item)?.replace(/(?<=.)\/$/, "") ?? item, item);
  return [...byPlace.values()];
}

function below(folder: string, item: Tree): string | undefined {
  const name = textOf(item) ?? textOf(partAt(item, ["target"])) ?? textOf(partAt(item, ["source"]));
  return mapped(name, (text) => (text.startsWith("/") ? text : `${folder}${text}`));
}

function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && typeof tree.value === "string" ? tree.value : undefined;
}

function mapped(text: string | undefined, change: (text: string) => string): string | undefined {
  return text === undefined ? undefined : change(text);
}
