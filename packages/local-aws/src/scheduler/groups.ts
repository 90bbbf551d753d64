import type { CreateScheduleGroupInput, ListScheduleGroupsInput, Tag } from "@aws-sdk/client-scheduler";
import type { Call, Operation } from "../service.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import { groupArn, scheduleArn } from "./names.ts";
import { page } from "./page.ts";
import type { Room } from "./room.ts";
import type { Group, SchedulerState } from "./state.ts";

type Named = { readonly Name: string };

/** Schedule groups, and tags, which only groups bear. The group `default` is always there. */
export function groupOperations(room: Room): Readonly<Record<string, Operation>> {
  const { store, clock } = room;
  return {
    CreateScheduleGroup: async (input: CreateScheduleGroupInput & Named, call) => {
      const now = clock.now().toISOString();
      const arn = groupArn(call, input.Name);
      if (groupNamed(store.get(), input.Name, call) !== undefined)
        throw conflict(`Schedule group ${input.Name}`);
      const group: Group = {
        arn,
        name: input.Name,
        createdAt: now,
        modifiedAt: now,
        tags: tagRecord(input.Tags),
      };
      await store.update((state) => withGroup(state, group));
      return { ScheduleGroupArn: arn };
    },
    GetScheduleGroup: async (input: Named, call) => describe(requireGroup(store.get(), input.Name, call)),
    ListScheduleGroups: async (input: ListScheduleGroupsInput, call) => {
      const prefix = groupArn(call, input.NamePrefix ?? "");
      const own = Object.values(store.get().groups).filter((group) => group.arn.startsWith(prefix));
      const all = "default".startsWith(input.NamePrefix ?? "") ? [defaultGroup(call), ...own] : own;
      const { items, NextToken } = page(all, input);
      return { ScheduleGroups: items.map(describe), NextToken };
    },
    DeleteScheduleGroup: async (input: Named, call) => {
      if (input.Name === "default") throw invalid("The default schedule group cannot be deleted.");
      const group = requireGroup(store.get(), input.Name, call);
      await removeWithSchedules(room, group, call);
      return {};
    },
    TagResource: async (input: { ResourceArn: string; Tags: readonly Tag[] }) => {
      const group = byArn(store.get(), input.ResourceArn);
      const tags = { ...group.tags, ...tagRecord(input.Tags) };
      await store.update((state) => withGroup(state, { ...group, tags }));
      return {};
    },
    UntagResource: async (input: { ResourceArn: string; TagKeys: readonly string[] }) => {
      const group = byArn(store.get(), input.ResourceArn);
      const kept = Object.entries(group.tags).filter(([key]) => !input.TagKeys.includes(key));
      await store.update((state) => withGroup(state, { ...group, tags: Object.fromEntries(kept) }));
      return {};
    },
    ListTagsForResource: async (input: { ResourceArn: string }) => ({
      Tags: Object.entries(byArn(store.get(), input.ResourceArn).tags).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
  };
}

/** @throws ServiceError ResourceNotFoundException */
export function requireGroup(state: SchedulerState, name: string, call: Call): Group {
  const group = groupNamed(state, name, call);
  if (group === undefined) throw notFound(`Schedule group ${name}`);
  return group;
}

function groupNamed(state: SchedulerState, name: string, call: Call): Group | undefined {
  return state.groups[groupArn(call, name)] ?? (name === "default" ? defaultGroup(call) : undefined);
}

function defaultGroup(call: Call): Group {
  const born = new Date(0).toISOString();
  return { arn: groupArn(call, "default"), name: "default", createdAt: born, modifiedAt: born, tags: {} };
}

async function removeWithSchedules({ store, runner }: Room, group: Group, call: Call): Promise<void> {
  const prefix = scheduleArn(call, group.name, "");
  await store.update((state) => {
    const { [group.arn]: _gone, ...groups } = state.groups;
    const schedules = Object.entries(state.schedules).filter(([arn]) => !arn.startsWith(prefix));
    for (const arn of Object.keys(state.schedules)) if (arn.startsWith(prefix)) runner.disarm(arn);
    return { groups, schedules: Object.fromEntries(schedules) };
  });
}

function byArn(state: SchedulerState, arn: string): Group {
  const group = state.groups[arn];
  if (group === undefined) throw notFound(`Resource ${arn}`);
  return group;
}

function withGroup(state: SchedulerState, group: Group): SchedulerState {
  return { ...state, groups: { ...state.groups, [group.arn]: group } };
}

function tagRecord(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

function describe(group: Group) {
  return {
    Arn: group.arn,
    Name: group.name,
    State: "ACTIVE",
    CreationDate: new Date(group.createdAt),
    LastModificationDate: new Date(group.modifiedAt),
  };
}
