import type {
  ListTagsForResourceCommandInput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from "@aws-sdk/client-ecs";
import type { Operation, Tagged } from "../service.ts";
import { invalidParameter } from "./errors.ts";
import type { EcsState, EcsStore } from "./state.ts";

/** Tags of clusters, services, tasks and task definitions. */
export function tagOperations(store: EcsStore): Record<string, Operation> {
  const change = async (arn: string, how: (tags: readonly Tag[]) => readonly Tag[]) => {
    requireResource(store.get(), arn);
    await store.update((state) => ({ ...state, tags: { ...state.tags, [arn]: how(state.tags[arn] ?? []) } }));
    return {};
  };
  return {
    TagResource: ({ resourceArn = "", tags = [] }: TagResourceCommandInput) =>
      change(resourceArn, (before) => [
        ...untagged(
          before,
          tags.map(({ key = "" }) => key),
        ),
        ...tags,
      ]),
    UntagResource: ({ resourceArn = "", tagKeys = [] }: UntagResourceCommandInput) =>
      change(resourceArn, (before) => untagged(before, tagKeys)),
    ListTagsForResource: async ({ resourceArn = "" }: ListTagsForResourceCommandInput) => {
      requireResource(store.get(), resourceArn);
      return { tags: store.get().tags[resourceArn] ?? [] };
    },
  };
}

/** What still exists and bears tags: what has ended is told for a while when asked for, but not listed. */
export function taggedIn(state: EcsState): readonly Tagged[] {
  return Object.entries(state.tags).flatMap(([arn, tags]) =>
    isListed(state, arn)
      ? [{ arn, tags: Object.fromEntries(tags.map(({ key = "", value = "" }) => [key, value])) }]
      : [],
  );
}

function isListed({ clusters, services, tasks, taskDefinitions }: EcsState, arn: string): boolean {
  const task = tasks[arn];
  const service = services[arn];
  return (
    clusters[arn]?.status === "ACTIVE" ||
    (service !== undefined && service.status !== "INACTIVE") ||
    (task !== undefined && task.lastStatus !== "STOPPED") ||
    taskDefinitions[arn]?.status === "ACTIVE"
  );
}

function untagged(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  return tags.filter(({ key = "" }) => !keys.includes(key));
}

function requireResource(state: EcsState, arn: string): void {
  if (!arn.startsWith("arn:")) throw invalidParameter("Identifier is of unexpected resource type.");
  const { clusters, services, tasks, taskDefinitions } = state;
  if ([clusters, services, tasks, taskDefinitions].some((records) => records[arn] !== undefined)) return;
  throw invalidParameter("The specified resource does not exist.");
}
