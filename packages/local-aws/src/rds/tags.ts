import type { Tag } from "@aws-sdk/client-rds";
import type { Store } from "../platform.ts";
import type { Operation } from "../service.ts";
import { invalidValue } from "./errors.ts";
import type { RdsState, Tags } from "./state.ts";

const kinds = ["instances", "snapshots", "subnetGroups", "parameterGroups"] as const;

/** Tags of everything here that has an ARN. */
export function tagOperations(store: Store<RdsState>): Readonly<Record<string, Operation>> {
  return {
    ListTagsForResource: async (input: { ResourceName: string }) => ({
      TagList: tagList(tagsOf(store.get(), input.ResourceName)),
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

export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Default groups exist without being kept; they bear no tags. */
function tagsOf(state: RdsState, arn: string): Tags {
  const found = kinds.map((kind) => state[kind][arn]).find((one) => one !== undefined);
  if (found === undefined && !/:(pg|og):default[.:]/.test(arn))
    throw invalidValue(`Invalid resource name: ${arn}`);
  return found?.tags ?? {};
}

function withTags(state: RdsState, arn: string, tags: Tags): RdsState {
  const kind = kinds.find((one) => state[one][arn] !== undefined);
  if (kind === undefined) throw invalidValue(`Invalid resource name: ${arn}`);
  return { ...state, [kind]: { ...state[kind], [arn]: { ...state[kind][arn], tags } } };
}
