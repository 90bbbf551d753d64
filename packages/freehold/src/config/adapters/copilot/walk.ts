import type { Place } from "../../../errors.ts";
import type { Section, Tree } from "../../yaml/tree.ts";
import { type Becomes, type KeyTable, type Treatment, type Written, without } from "./treatment.ts";

/** A key that was written, and what becomes of it. */
export interface Outcome {
  readonly key: string;
  readonly place: Place;
  readonly becomes: Becomes;
}

/**
 * What becomes of every key of a section.
 *
 * @param prefix of the keys' names: "" at the top of a file.
 */
export function walk<Context>(
  keys: KeyTable<Context>,
  tree: Section,
  prefix: string,
  context: Context,
): readonly Outcome[] {
  return [...tree.entries].flatMap(([name, { place, value }]) => {
    const written = { name, key: prefix === "" ? name : `${prefix}.${name}`, value, place, context };
    const treatment = Object.hasOwn(keys, name) ? keys[name] : undefined;
    return treatment === undefined ? [outcome(written, unknown)] : follow(treatment, written);
  });
}

const unknown = without("is no key of this kind of manifest; Copilot does not read it either");

function follow<Context>(treatment: Treatment<Context>, written: Written<Context>): readonly Outcome[] {
  const { key, value, context } = written;
  switch (treatment.kind) {
    case "one":
      return [outcome(written, treatment.treat(written))];
    case "inside":
      if (value.kind === "section") return walk(treatment.keys, value, key, context);
      return [outcome(written, (treatment.otherwise ?? nothing)(written))];
    case "each":
      if (value.kind === "scalar") return [outcome(written, (treatment.otherwise ?? nothing)(written))];
      return partsOf(value).flatMap(([name, part, place]) =>
        follow(treatment.of, {
          ...written,
          name,
          key: value.kind === "list" ? `${key}[${name}]` : `${key}.${name}`,
          value: part,
          place,
        }),
      );
  }
}

function partsOf(tree: Exclude<Tree, { kind: "scalar" }>): readonly (readonly [string, Tree, Place])[] {
  if (tree.kind === "list") return tree.items.map((item, index) => [String(index), item, item.place]);
  return [...tree.entries].map(([name, { place, value }]) => [name, value, place]);
}

function nothing<Context>({ value }: Written<Context>): Becomes {
  const isEmpty = value.kind === "scalar" && (value.value === null || value.value === false);
  return without(isEmpty ? "says nothing" : "is not written the way Copilot documents it");
}

function outcome<Context>({ key, place }: Written<Context>, becomes: Becomes): Outcome {
  return { key, place, becomes };
}

/** Whether a documented key (`sidecars.*.port`) has a treatment, of its own or together with what it belongs to. */
export function isTreated<Context>(keys: KeyTable<Context>, path: readonly string[]): boolean {
  const [name = "", ...rest] = path;
  const treatment = Object.hasOwn(keys, name) ? keys[name] : undefined;
  return treatment !== undefined && isTreatedBy(treatment, rest);
}

function isTreatedBy<Context>(treatment: Treatment<Context>, path: readonly string[]): boolean {
  if (path.length === 0) return true;
  switch (treatment.kind) {
    case "one":
      return treatment.parts.includes(path.join("."));
    case "inside":
      return isTreated(treatment.keys, path);
    case "each":
      return isTreatedBy(treatment.of, path.slice(1));
  }
}

/** The keys that have a row of their own, a `*` for what a person names and for the items of a list. */
export function leavesOf<Context>(keys: KeyTable<Context>): readonly string[] {
  return Object.entries(keys).flatMap(([name, treatment]) => leaves(treatment, name));
}

function leaves<Context>(treatment: Treatment<Context>, key: string): readonly string[] {
  const own = treatment.kind === "one" || treatment.otherwise !== undefined ? [key] : [];
  switch (treatment.kind) {
    case "one":
      return own;
    case "inside":
      return [...own, ...leavesOf(treatment.keys).map((leaf) => `${key}.${leaf}`)];
    case "each":
      return [...own, ...leaves(treatment.of, `${key}.*`)];
  }
}
