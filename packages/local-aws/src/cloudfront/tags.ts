import type {
  ListTagsForResourceCommandInput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from "@aws-sdk/client-cloudfront";
import type { Operation } from "../service.ts";
import type { Holdings } from "./holdings.ts";

/** Tags of whatever has an ARN here. */
export function tagOperations(holdings: Holdings): Record<string, Operation> {
  return {
    TagResource: async ({ Resource = "", Tags }: TagResourceCommandInput) => {
      await setTags(holdings, Resource, Tags?.Items ?? []);
      return {};
    },
    UntagResource: async ({ Resource = "", TagKeys }: UntagResourceCommandInput) => {
      const gone = new Set(TagKeys?.Items ?? []);
      await holdings.tags.update((all) => ({
        ...all,
        [Resource]: Object.fromEntries(Object.entries(all[Resource] ?? {}).filter(([key]) => !gone.has(key))),
      }));
      return {};
    },
    ListTagsForResource: async ({ Resource = "" }: ListTagsForResourceCommandInput) => ({
      Tags: {
        Items: Object.entries(holdings.tags.get()[Resource] ?? {}).map(([Key, Value]) => ({ Key, Value })),
      },
    }),
  };
}

/** Adds tags to a resource; a tag of the same key is replaced. */
export async function setTags(holdings: Holdings, arn: string, tags: readonly Tag[]): Promise<void> {
  const added = Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  await holdings.tags.update((all) => ({ ...all, [arn]: { ...all[arn], ...added } }));
}

/** With the resource go its tags: nobody lists it any more, and names, so ARNs, can come again. */
export async function dropTags(holdings: Holdings, arn: string): Promise<void> {
  await holdings.tags.update((all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== arn)));
}
