import type { Place } from "../../../errors.ts";
import { scalar, type Tree } from "../../yaml/tree.ts";

/** A part of the native file, which keeps the place of what it comes from. */
export interface Write {
  /** From the top of the native file. */
  readonly path: readonly string[];
  readonly value: Tree;
}

/** What becomes of a key of Copilot's. */
export type Becomes =
  | { readonly outcome: "mapped"; readonly writes: readonly Write[]; readonly message?: string }
  /** Nothing needs to be written: it is so anyway, or a person has to do something about it. */
  | { readonly outcome: "noted"; readonly message: string }
  /** What it asked for is lost. */
  | { readonly outcome: "without counterpart"; readonly message: string };

/** A key that is written in a manifest. */
export interface Written<Context> {
  /** The last step of its path: the key itself, or the name a person gave. */
  readonly name: string;
  /** From the top of the file: `http.path`, `sidecars.nginx`. */
  readonly key: string;
  readonly value: Tree;
  /** Of the key. */
  readonly place: Place;
  readonly context: Context;
}

export type Treat<Context> = (written: Written<Context>) => Becomes;

/** How a key is read: as one, by the keys inside it, or by each of what it lists or names. */
export type Treatment<Context> =
  | { readonly kind: "one"; readonly treat: Treat<Context>; readonly parts: readonly string[] }
  | { readonly kind: "inside"; readonly keys: KeyTable<Context>; readonly otherwise?: Treat<Context> }
  | { readonly kind: "each"; readonly of: Treatment<Context>; readonly otherwise?: Treat<Context> };

export type KeyTable<Context> = { readonly [key: string]: Treatment<Context> };

/** A key that is understood as a whole. @param parts its documented keys, which share its fate. */
export function one<Context>(treat: Treat<Context>, ...parts: readonly string[]): Treatment<Context> {
  return { kind: "one", treat, parts };
}

/** A key with keys of its own. @param otherwise what it means where something else than keys is written. */
export function inside<Context>(keys: KeyTable<Context>, otherwise?: Treat<Context>): Treatment<Context> {
  return { kind: "inside", keys, ...(otherwise === undefined ? {} : { otherwise }) };
}

/** A list, or things by name. @param otherwise what it means where something else is written. */
export function each<Context>(of: Treatment<Context>, otherwise?: Treat<Context>): Treatment<Context> {
  return { kind: "each", of, ...(otherwise === undefined ? {} : { otherwise }) };
}

export function mapped(writes: readonly Write[], message?: string): Becomes {
  return { outcome: "mapped", writes, ...(message === undefined ? {} : { message }) };
}

export function noted(message: string): Becomes {
  return { outcome: "noted", message };
}

export function without(message: string): Becomes {
  return { outcome: "without counterpart", message };
}

/** A key that always has the same fate. */
export const notes = (message: string, ...parts: readonly string[]): Treatment<unknown> =>
  one(() => noted(message), ...parts);

export const lost = (message: string, ...parts: readonly string[]): Treatment<unknown> =>
  one(() => without(message), ...parts);

/** A write of a value of our own, at the place of what asks for it. */
export function write(path: readonly string[], value: string | number | boolean, place: Place): Write {
  return { path, value: scalar(value, place) };
}

/** A list of our own, which lengthens the one that stands there. */
export function listed(path: readonly string[], values: readonly string[], place: Place): Write {
  return { path, value: { kind: "list", items: values.map((value) => scalar(value, place)), place } };
}

export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" && tree.value !== null ? String(tree.value) : undefined;
}

export function numberOf(tree: Tree | undefined): number | undefined {
  const text = textOf(tree);
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

export function isTrue(tree: Tree | undefined): boolean {
  return textOf(tree) === "true";
}

/** Texts of a list, or of the one text that stands in its place. */
export function textsOf(tree: Tree | undefined): readonly string[] {
  return tree?.kind === "list"
    ? tree.items.flatMap((item) => textOf(item) ?? [])
    : [textOf(tree) ?? []].flat();
}
