import type { Tag } from "@aws-sdk/client-elasticache";
import type { Store } from "../platform.ts";
import type { Operation } from "../service.ts";
import { invalidArn } from "./errors.ts";
import type { CacheState, Tags } from "./state.ts";

const kinds = ["groups", "subnetGroups", "parameterGroups"] as const;

/** Tags of everything here that has an ARN. */
export function tagOperations(store: Store<CacheState>): Readonly<Record<string, Operation>> {
  return {
    ListTagsForResource: async (input: { ResourceName: string }) => ({
      TagList: Object.entries(tagsOf(store.get(), input.ResourceName)).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
    AddTagsToResource: async (input: { ResourceName: string; Tags: readonly Tag[] }) => {
      const tags = { ...tagsOf(store.get(), input.ResourceName), ...tagRecord(input.Tags) };
      await store.update((state) => withTags(state, input.ResourceName, tags));
      return {};
    },
    RemoveTagsFromResource: async (input: { ResourceName: string; TagKeys: readonly string[] }) => {
      const entries = Object.entries(tagsOf(store.get(), input.ResourceName));
      const tags = Object.fromEntries(entries.filter(([key]) => !input.TagKeys.includes(key)));
      await store.update((state) => withTags(state, input.ResourceName, tags));
      return {};
    },
  };
}

export function tagRecord(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Default groups exist without being kept; they bear no tags. */
function tagsOf(state: CacheState, arn: string): Tags {
  const found = kinds.map((kind) => state[kind][arn]).find((one) => one !== undefined);
  if (found === undefined && !/:parametergroup:default\./.test(arn)) throw invalidArn(arn);
  return found?.tags ?? {};
}

function withTags(state: CacheState, arn: string, tags: Tags): CacheState {
  const kind = kinds.find((one) => state[one][arn] !== undefined);
  if (kind === undefined) throw invalidArn(arn);
  return { ...state, [kind]: { ...state[kind], [arn]: { ...state[kind][arn], tags } } };
}
