import type { Stack } from "../../terraform/stack.ts";

/** Whose things are looked for. */
export interface Owner {
  readonly application: string;
  readonly collection: string;
  /** Left out: what belongs to the collection itself, and what is left of its environments. */
  readonly environment?: string;
  readonly account: string;
  /** As it is rendered: the names of what bears no tags. */
  readonly stack: Stack;
  /** Of the collection, while it is there. */
  readonly listenerArn?: string;
}

/** A tag as any service spells it. */
export type Tags = ReadonlyMap<string, string>;

/** What tells this owner's things from all others. */
export function ownTags({ application, collection, environment }: Owner): Tags {
  return new Map([
    ["ManagedBy", "freehold"],
    ["Application", application],
    ["Collection", collection],
    ...(environment === undefined ? [] : [["Environment", environment] as const]),
  ]);
}

export function isOwn(owner: Owner, found: Tags): boolean {
  return [...ownTags(owner)].every(([key, value]) => found.get(key) === value);
}

/** Tags as most services list them. */
export function tagsOf(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Tags {
  return new Map(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}
