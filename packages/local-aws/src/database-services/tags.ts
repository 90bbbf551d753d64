import type { Store } from "../platform.ts";
import type { Operation, ServiceError } from "../service.ts";
import { type Holding, withChange } from "./shelf.ts";

export type Tags = Readonly<Record<string, string>>;

/** As both services' SDKs write a tag. */
export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

interface Tagged {
  readonly tags: Tags;
}

export interface Taggable<Kind extends string> {
  /** The parts of the state that hold what bears tags. */
  readonly kinds: readonly Kind[];
  /** ARNs of defaults: they exist without being kept, and bear no tags. */
  readonly defaults: RegExp;
  readonly unknown: (arn: string) => ServiceError;
}

/** ListTagsForResource, AddTagsToResource and RemoveTagsFromResource, which RDS and ElastiCache spell alike. */
export function tagOperations<Kind extends string, State extends Holding<Kind, Tagged>>(
  store: Store<State>,
  taggable: Taggable<Kind>,
): Readonly<Record<string, Operation>> {
  return {
    ListTagsForResource: async (input: { ResourceName: string }) => ({
      TagList: tagList(tagsOf(store.get(), input.ResourceName, taggable)),
    }),
    AddTagsToResource: async (input: { ResourceName: string; Tags: readonly Tag[] }) => {
      const tags = { ...tagsOf(store.get(), input.ResourceName, taggable), ...tagRecord(input.Tags) };
      await store.update((state) => withTags(state, input.ResourceName, tags, taggable));
      return {};
    },
    RemoveTagsFromResource: async (input: { ResourceName: string; TagKeys: readonly string[] }) => {
      const entries = Object.entries(tagsOf(store.get(), input.ResourceName, taggable));
      const tags = Object.fromEntries(entries.filter(([key]) => !input.TagKeys.includes(key)));
      await store.update((state) => withTags(state, input.ResourceName, tags, taggable));
      return {};
    },
  };
}

/** All that is kept, with its tags. */
export function taggedIn<Kind extends string>(
  state: Holding<Kind, Tagged>,
  { kinds }: Pick<Taggable<Kind>, "kinds">,
): readonly (Tagged & { readonly arn: string })[] {
  return kinds.flatMap((kind) => Object.entries(state[kind]).map(([arn, { tags }]) => ({ arn, tags })));
}

export function tagRecord(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function tagsOf<Kind extends string>(
  state: Holding<Kind, Tagged>,
  arn: string,
  { kinds, defaults, unknown }: Taggable<Kind>,
): Tags {
  const found = kinds.map((kind) => state[kind][arn]).find((one) => one !== undefined);
  if (found === undefined && !defaults.test(arn)) throw unknown(arn);
  return found?.tags ?? {};
}

function withTags<Kind extends string, State extends Holding<Kind, Tagged>>(
  state: State,
  arn: string,
  tags: Tags,
  { kinds, unknown }: Taggable<Kind>,
): State {
  const kind = kinds.find((one) => state[one][arn] !== undefined);
  if (kind === undefined) throw unknown(arn);
  return withChange<Kind, Tagged, State>(state, kind, arn, { tags });
}
