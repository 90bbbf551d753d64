import type {
  CreateScheduleInput,
  CreateScheduleOutput,
  DeleteScheduleInput,
  GetScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  ListSchedulesOutput,
  UpdateScheduleInput,
} from "@aws-sdk/client-scheduler";
import { type Operation, ServiceError } from "../service.ts";
import { parseExpression } from "./expression.ts";
import { findGroup, findSchedule, type Room, scheduleArn, scheduleKey } from "./room.ts";
import type { ScheduleSettings, StoredSchedule } from "./state.ts";

export function scheduleOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    CreateSchedule: (input: CreateScheduleInput) => createSchedule(room, input),
    UpdateSchedule: (input: UpdateScheduleInput) => updateSchedule(room, input),
    GetSchedule: async (input: GetScheduleInput) => getSchedule(room, input),
    DeleteSchedule: (input: DeleteScheduleInput) => deleteSchedule(room, input),
    ListSchedules: async (input: ListSchedulesInput) => listSchedules(room, input),
  };
}

async function createSchedule(room: Room, input: CreateScheduleInput): Promise<CreateScheduleOutput> {
  const group = input.GroupName ?? "default";
  const name = input.Name ?? "";
  findGroup(room, group);
  if (scheduleKey(group, name) in room.store.get().schedules) {
    throw new ServiceError("ConflictException", `Schedule ${name} already exists.`, 409);
  }
  return save(room, group, name, input, room.platform.clock.now().toISOString());
}

/** Replaces all of it: what is not given takes its default, as AWS does. */
async function updateSchedule(room: Room, input: UpdateScheduleInput): Promise<CreateScheduleOutput> {
  const group = input.GroupName ?? "default";
  const before = findSchedule(room, group, input.Name ?? "");
  return save(room, group, before.name, input, before.createdAt);
}

async function save(
  room: Room,
  group: string,
  name: string,
  input: CreateScheduleInput,
  createdAt: string,
): Promise<CreateScheduleOutput> {
  const settings = settingsOf(input);
  parseExpression(settings.ScheduleExpression, settings.ScheduleExpressionTimezone);
  const stored: StoredSchedule = {
    group,
    name,
    settings,
    ...(input.StartDate === undefined ? {} : { startDate: input.StartDate.toISOString() }),
    ...(input.EndDate === undefined ? {} : { endDate: input.EndDate.toISOString() }),
    createdAt,
    modifiedAt: room.platform.clock.now().toISOString(),
  };
  const key = scheduleKey(group, name);
  await room.store.update((state) => ({ ...state, schedules: { ...state.schedules, [key]: stored } }));
  room.onChange(key);
  return { ScheduleArn: scheduleArn(room.platform, group, name) };
}

/** The members as they came, defaults filled in. The codec has checked their types. */
function settingsOf(input: CreateScheduleInput): ScheduleSettings {
  const {
    ClientToken: _token,
    Name: _name,
    GroupName: _group,
    StartDate: _start,
    EndDate: _end,
    ...members
  } = input;
  const retry = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185, ...input.Target?.RetryPolicy };
  return {
    State: "ENABLED",
    ScheduleExpressionTimezone: "UTC",
    ActionAfterCompletion: "NONE",
    ...members,
    Target: { ...input.Target, RetryPolicy: retry },
  } as ScheduleSettings;
}

function getSchedule(room: Room, input: GetScheduleInput): GetScheduleOutput {
  const { group, name, settings, ...dates } = findSchedule(
    room,
    input.GroupName ?? "default",
    input.Name ?? "",
  );
  return {
    ...(settings as GetScheduleOutput),
    Arn: scheduleArn(room.platform, group, name),
    GroupName: group,
    Name: name,
    ...(dates.startDate === undefined ? {} : { StartDate: new Date(dates.startDate) }),
    ...(dates.endDate === undefined ? {} : { EndDate: new Date(dates.endDate) }),
    CreationDate: new Date(dates.createdAt),
    LastModificationDate: new Date(dates.modifiedAt),
  };
}

async function deleteSchedule(room: Room, input: DeleteScheduleInput): Promise<object> {
  const { group, name } = findSchedule(room, input.GroupName ?? "default", input.Name ?? "");
  const key = scheduleKey(group, name);
  await room.store.update((state) => {
    const { [key]: _gone, ...schedules } = state.schedules;
    return { ...state, schedules };
  });
  room.onChange(key);
  return {};
}

function listSchedules(room: Room, input: ListSchedulesInput): ListSchedulesOutput {
  const found = Object.values(room.store.get().schedules)
    .filter((one) => input.GroupName === undefined || one.group === input.GroupName)
    .filter((one) => input.NamePrefix === undefined || one.name.startsWith(input.NamePrefix))
    .filter((one) => input.State === undefined || one.settings.State === input.State)
    .sort((a, b) => (scheduleKey(a.group, a.name) < scheduleKey(b.group, b.name) ? -1 : 1));
  const first = Number(input.NextToken ?? 0);
  const end = first + (input.MaxResults ?? 100);
  return {
    Schedules: found.slice(first, end).map(({ group, name, settings, createdAt, modifiedAt }) => ({
      Arn: scheduleArn(room.platform, group, name),
      GroupName: group,
      Name: name,
      State: settings.State,
      Target: { Arn: settings.Target.Arn },
      CreationDate: new Date(createdAt),
      LastModificationDate: new Date(modifiedAt),
    })),
    ...(end < found.length ? { NextToken: String(end) } : {}),
  };
}
