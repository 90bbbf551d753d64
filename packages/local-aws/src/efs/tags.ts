import type { Tag } from "@aws-sdk/client-efs";
import type { Operation } from "../service.ts";
import { accessPointOf, fileSystemOf } from "./find.ts";
import type { AccessPoint, EfsState, EfsStore, FileSystem } from "./state.ts";

type Tags = Readonly<Record<string, string>>;

/** File systems and access points bear tags. */
export function tagOperations(store: EfsStore): Readonly<Record<string, Operation>> {
  return {
    ListTagsForResource: async ({ ResourceId }: { ResourceId: string }) => ({
      Tags: tagList(bearerOf(store.get(), ResourceId).tags),
    }),
    TagResource: async ({ ResourceId, Tags }: { ResourceId: string; Tags: readonly Tag[] }) => {
      const { tags } = bearerOf(store.get(), ResourceId);
      await store.update((state) => withTags(state, ResourceId, { ...tags, ...tagRecord(Tags) }));
      return {};
    },
    UntagResource: async ({ ResourceId, TagKeys }: { ResourceId: string; TagKeys: readonly string[] }) => {
      const entries = Object.entries(bearerOf(store.get(), ResourceId).tags);
      const kept = Object.fromEntries(entries.filter(([key]) => !TagKeys.includes(key)));
      await store.update((state) => withTags(state, ResourceId, kept));
      return {};
    },
  };
}

export function tagRecord(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function isAccessPoint(id: string): boolean {
  return /(^|\/)fsap-/.test(id);
}

function bearerOf(state: EfsState, id: string): FileSystem | AccessPoint {
  return isAccessPoint(id) ? accessPointOf(state, id) : fileSystemOf(state, id);
}

function withTags(state: EfsState, id: string, tags: Tags): EfsState {
  if (isAccessPoint(id)) {
    const point = accessPointOf(state, id);
    return { ...state, accessPoints: { ...state.accessPoints, [point.id]: { ...point, tags } } };
  }
  const system = fileSystemOf(state, id);
  return { ...state, fileSystems: { ...state.fileSystems, [system.id]: { ...system, tags } } };
}
