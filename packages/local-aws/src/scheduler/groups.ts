import type {
  CreateScheduleGroupInput,
  CreateScheduleGroupOutput,
  DeleteScheduleGroupInput,
  GetScheduleGroupInput,
  GetScheduleGroupOutput,
  ListScheduleGroupsInput,
  ListScheduleGroupsOutput,
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from "@aws-sdk/client-scheduler";
import { type Operation, ServiceError } from "../service.ts";
import { findGroup, groupArn, type Room } from "./room.ts";
import type { StoredGroup } from "./state.ts";

export function groupOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    CreateScheduleGroup: (input: CreateScheduleGroupInput) => createGroup(room, input),
    GetScheduleGroup: async (input: GetScheduleGroupInput) => describeGroup(room, input.Name ?? "default"),
    DeleteScheduleGroup: (input: DeleteScheduleGroupInput) => deleteGroup(room, input.Name ?? ""),
    ListScheduleGroups: async (input: ListScheduleGroupsInput) => listGroups(room, input),
    ListTagsForResource: async (input: ListTagsForResourceInput) => listTags(room, input),
    TagResource: (input: TagResourceInput) =>
      retag(room, input.ResourceArn, (tags) => ({ ...tags, ...tagMap(input.Tags) })),
    UntagResource: (input: UntagResourceInput) =>
      retag(room, input.ResourceArn, (tags) =>
        Object.fromEntries(Object.entries(tags).filter(([key]) => !(input.TagKeys ?? []).includes(key))),
      ),
  };
}

async function createGroup(room: Room, input: CreateScheduleGroupInput): Promise<CreateScheduleGroupOutput> {
  const name = input.Name ?? "";
  if (name in room.store.get().groups) {
    throw new ServiceError("ConflictException", `Schedule group ${name} already exists.`, 409);
  }
  const now = room.platform.clock.now().toISOString();
  await saveGroup(room, name, { tags: tagMap(input.Tags), createdAt: now, modifiedAt: now });
  return { ScheduleGroupArn: groupArn(room.platform, name) };
}

function describeGroup(room: Room, name: string): GetScheduleGroupOutput {
  const { createdAt, modifiedAt } = findGroup(room, name);
  return {
    Arn: groupArn(room.platform, name),
    Name: name,
    State: "ACTIVE",
    CreationDate: new Date(createdAt),
    LastModificationDate: new Date(modifiedAt),
  };
}

/** A group goes with its schedules. */
async function deleteGroup(room: Room, name: string): Promise<object> {
  findGroup(room, name);
  if (name === "default")
    throw new ServiceError("ValidationException", "The default schedule group cannot be deleted.");
  const keys = Object.keys(room.store.get().schedules).filter((key) => key.startsWith(`${name}/`));
  await room.store.update((state) => ({
    schedules: Object.fromEntries(Object.entries(state.schedules).filter(([key]) => !keys.includes(key))),
    groups: Object.fromEntries(Object.entries(state.groups).filter(([group]) => group !== name)),
  }));
  for (const key of keys) room.onChange(key);
  return {};
}

function listGroups(room: Room, input: ListScheduleGroupsInput): ListScheduleGroupsOutput {
  const names = Object.keys(room.store.get().groups).filter((name) =>
    name.startsWith(input.NamePrefix ?? ""),
  );
  return { ScheduleGroups: names.sort().map((name) => describeGroup(room, name)) };
}

function listTags(room: Room, input: ListTagsForResourceInput): ListTagsForResourceOutput {
  const { tags } = findGroup(room, nameOf(input.ResourceArn));
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

async function retag(
  room: Room,
  arn: string | undefined,
  change: (tags: StoredGroup["tags"]) => StoredGroup["tags"],
): Promise<object> {
  const name = nameOf(arn);
  const group = findGroup(room, name);
  await saveGroup(room, name, { ...group, tags: change(group.tags) });
  return {};
}

/** Only groups bear tags. */
function nameOf(arn: string | undefined): string {
  return /:schedule-group\/(.+)$/.exec(arn ?? "")?.[1] ?? "";
}

async function saveGroup(room: Room, name: string, group: StoredGroup): Promise<void> {
  await room.store.update((state) => ({ ...state, groups: { ...state.groups, [name]: group } }));
}

function tagMap(tags: CreateScheduleGroupInput["Tags"]): StoredGroup["tags"] {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}
