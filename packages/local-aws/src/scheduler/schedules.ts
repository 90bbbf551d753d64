import type {
  CreateScheduleInput,
  GetScheduleOutput,
  ListSchedulesInput,
  UpdateScheduleInput,
} from "@aws-sdk/client-scheduler";
import type { Call, Operation } from "../service.ts";
import { conflict, invalid, notFound } from "./errors.ts";
import { parseExpression } from "./expression.ts";
import { requireGroup } from "./groups.ts";
import { scheduleArn } from "./names.ts";
import { page } from "./page.ts";
import type { Room } from "./room.ts";
import type { Schedule, SchedulerState } from "./state.ts";
import { requireTarget } from "./target.ts";
import { isZone } from "./zone.ts";

type Key = { readonly Name: string; readonly GroupName?: string };
type ScheduleInput = (CreateScheduleInput | UpdateScheduleInput) & { readonly Name: string };

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html and its neighbours */
export function scheduleOperations({ store, runner, clock }: Room): Readonly<Record<string, Operation>> {
  const keep = async (schedule: Schedule, after: Date) => {
    await store.update((state) => ({
      ...state,
      schedules: { ...state.schedules, [schedule.arn]: schedule },
    }));
    runner.arm(schedule, after);
    return { ScheduleArn: schedule.arn };
  };
  return {
    CreateSchedule: async (input: ScheduleInput, call) => {
      const now = clock.now();
      const schedule = read(store.get(), input, call, { createdAt: now.toISOString(), now });
      if (store.get().schedules[schedule.arn] !== undefined) throw conflict(`Schedule ${schedule.name}`);
      // A rate runs at once and then at its rate.
      return keep(schedule, new Date(now.getTime() - 1));
    },
    UpdateSchedule: async (input: ScheduleInput, call) => {
      const known = scheduleNamed(store.get(), keyOf(input), call);
      const now = clock.now();
      return keep(read(store.get(), input, call, { createdAt: known.createdAt, now }), now);
    },
    GetSchedule: async (input: Key, call) => describe(scheduleNamed(store.get(), input, call)),
    DeleteSchedule: async (input: Key, call) => {
      const { arn } = scheduleNamed(store.get(), input, call);
      runner.disarm(arn);
      await store.update((state) => {
        const { [arn]: _gone, ...schedules } = state.schedules;
        return { ...state, schedules };
      });
      return {};
    },
    ListSchedules: async (input: ListSchedulesInput, call) => {
      const { items, NextToken } = page(listed(store.get(), input, call), input);
      return { Schedules: items.map(summary), NextToken };
    },
  };
}

/** @throws ServiceError ValidationException, ResourceNotFoundException (of the group) */
function read(
  state: SchedulerState,
  input: ScheduleInput,
  call: Call,
  { createdAt, now }: { readonly createdAt: string; readonly now: Date },
): Schedule {
  const group = requireGroup(state, input.GroupName ?? "default", call).name;
  const timezone = input.ScheduleExpressionTimezone ?? "UTC";
  if (!isZone(timezone)) throw invalid(`Invalid ScheduleExpressionTimezone ${timezone}.`);
  if (input.ScheduleExpression === undefined || input.Target === undefined)
    throw invalid("Missing expression or target");
  parseExpression(input.ScheduleExpression);
  requireTarget(input.Target);
  if (input.EndDate !== undefined && input.StartDate !== undefined && input.EndDate <= input.StartDate) {
    throw invalid("The EndDate you specify must come after the StartDate.");
  }
  return {
    arn: scheduleArn(call, group, input.Name),
    group,
    name: input.Name,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    expression: input.ScheduleExpression,
    timezone,
    state: input.State ?? "ENABLED",
    ...(input.StartDate === undefined ? {} : { start: input.StartDate.toISOString() }),
    ...(input.EndDate === undefined ? {} : { end: input.EndDate.toISOString() }),
    window: input.FlexibleTimeWindow ?? { Mode: "OFF" },
    target: withRetries(input.Target),
    ...(input.KmsKeyArn === undefined ? {} : { kmsKeyArn: input.KmsKeyArn }),
    afterCompletion: input.ActionAfterCompletion ?? "NONE",
    createdAt,
    modifiedAt: now.toISOString(),
  };
}

/** AWS answers the retry policy with its defaults filled in. */
function withRetries(target: NonNullable<CreateScheduleInput["Target"]>): Schedule["target"] {
  const { MaximumRetryAttempts = 185, MaximumEventAgeInSeconds = 86_400 } = target.RetryPolicy ?? {};
  return { ...target, RetryPolicy: { MaximumRetryAttempts, MaximumEventAgeInSeconds } };
}

function keyOf({ Name, GroupName }: ScheduleInput): Key {
  return GroupName === undefined ? { Name } : { Name, GroupName };
}

function scheduleNamed(state: SchedulerState, { Name, GroupName = "default" }: Key, call: Call): Schedule {
  const schedule = state.schedules[scheduleArn(call, GroupName, Name)];
  if (schedule === undefined) throw notFound(`Schedule ${Name}`);
  return schedule;
}

function listed(state: SchedulerState, input: ListSchedulesInput, call: Call): readonly Schedule[] {
  const prefix = scheduleArn(call, "", "").slice(0, -1);
  return Object.values(state.schedules).filter(
    (one) =>
      one.arn.startsWith(prefix) &&
      (input.GroupName ?? one.group) === one.group &&
      (input.State ?? one.state) === one.state &&
      one.name.startsWith(input.NamePrefix ?? ""),
  );
}

function summary(schedule: Schedule) {
  const { Arn, GroupName, Name, State, CreationDate, LastModificationDate, Target } = describe(schedule);
  return { Arn, GroupName, Name, State, CreationDate, LastModificationDate, Target: { Arn: Target?.Arn } };
}

function describe(schedule: Schedule): Omit<GetScheduleOutput, "$metadata"> {
  return {
    Arn: schedule.arn,
    GroupName: schedule.group,
    Name: schedule.name,
    Description: schedule.description,
    ScheduleExpression: schedule.expression,
    ScheduleExpressionTimezone: schedule.timezone,
    State: schedule.state,
    StartDate: schedule.start === undefined ? undefined : new Date(schedule.start),
    EndDate: schedule.end === undefined ? undefined : new Date(schedule.end),
    FlexibleTimeWindow: schedule.window,
    Target: schedule.target,
    KmsKeyArn: schedule.kmsKeyArn,
    ActionAfterCompletion: schedule.afterCompletion,
    CreationDate: new Date(schedule.createdAt),
    LastModificationDate: new Date(schedule.modifiedAt),
  };
}
