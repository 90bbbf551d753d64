import type { GetScheduleCommandOutput, UpdateScheduleCommandInput } from "@aws-sdk/client-scheduler";
import { UserError } from "../../errors.ts";
import type { Ports } from "../ports.ts";

export interface ScheduledRevision {
  readonly service: string;
  readonly schedule: { readonly name: string; readonly group: string };
  readonly taskDefinitionArn: string;
}

/**
 * Lets a schedule start this revision from now on; answers whether it did something else before. UpdateSchedule replaces the
 * whole schedule, so everything else is handed back as it is
 * (https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html).
 */
export async function updateSchedule(one: ScheduledRevision, ports: Ports): Promise<boolean> {
  const scheduler = await ports.aws.scheduler();
  const { name: Name, group: GroupName } = one.schedule;
  const found = await scheduler.getSchedule({ Name, GroupName });
  const input = rescheduled(found, one);
  if (input === undefined) return false;
  await scheduler.updateSchedule(input);
  return true;
}

/** The schedule with the revision in it; undefined when it is so already. */
export function rescheduled(
  found: Omit<GetScheduleCommandOutput, "$metadata">,
  one: ScheduledRevision,
): UpdateScheduleCommandInput | undefined {
  const target = found.Target;
  const parameters = target?.EcsParameters;
  if (target === undefined || parameters === undefined) throw notOurs(one);
  if (found.State === "ENABLED" && parameters.TaskDefinitionArn === one.taskDefinitionArn) return undefined;
  return {
    Name: one.schedule.name,
    GroupName: one.schedule.group,
    State: "ENABLED",
    ScheduleExpression: found.ScheduleExpression,
    ScheduleExpressionTimezone: found.ScheduleExpressionTimezone,
    FlexibleTimeWindow: found.FlexibleTimeWindow,
    Description: found.Description,
    StartDate: found.StartDate,
    EndDate: found.EndDate,
    KmsKeyArn: found.KmsKeyArn,
    ActionAfterCompletion: found.ActionAfterCompletion,
    Target: { ...target, EcsParameters: { ...parameters, TaskDefinitionArn: one.taskDefinitionArn } },
  };
}

function notOurs(one: ScheduledRevision): UserError {
  return new UserError({
    code: "foreign-schedule",
    subject: one.service,
    message: `The schedule ${one.schedule.name} of ${one.service} no longer starts a task.`,
    hint: "Run `freehold up`, which provisions it anew.",
  });
}
