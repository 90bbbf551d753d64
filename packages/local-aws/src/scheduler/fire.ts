import type { RunTaskCommandInput, Tag, TaskOverride } from "@aws-sdk/client-ecs";
import type { Platform } from "../platform.ts";
import type { EcsParameters, ScheduleTarget, StoredSchedule } from "./state.ts";

/** Calls a schedule's target; retries as its policy says, then puts what failed into the dead-letter queue. */
export async function fire(schedule: StoredSchedule, platform: Platform): Promise<void> {
  const { Target: target } = schedule.settings;
  const attempts = 1 + Math.min(target.RetryPolicy?.MaximumRetryAttempts ?? 0, 5);
  let last: unknown;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      await callTarget(target, schedule, platform);
      platform.log.info("schedule fired", {
        schedule: `${schedule.group}/${schedule.name}`,
        target: target.Arn,
      });
      return;
    } catch (error) {
      last = error;
      await platform.clock.sleep(1_000 * attempt);
    }
  }
  await giveUp(schedule, last, platform);
}

async function callTarget(
  target: ScheduleTarget,
  schedule: StoredSchedule,
  platform: Platform,
): Promise<void> {
  if (target.EcsParameters !== undefined) {
    const { failures = [] } = await platform.aws.ecs.runTask(
      runTaskInput(target.Arn, target.EcsParameters, target.Input, schedule),
    );
    if (failures.length > 0) throw new TargetRefused(failures.map((one) => one.reason).join(", "));
    return;
  }
  if (/^arn:[^:]+:sqs:/.test(target.Arn)) {
    const group = target.SqsParameters?.MessageGroupId;
    await send(
      target.Arn,
      target.Input ?? "",
      platform,
      group === undefined ? {} : { MessageGroupId: group },
    );
    return;
  }
  throw new TargetRefused(`no target of this kind is implemented: ${target.Arn}`);
}

/** A target that cannot be called, or says no. */
class TargetRefused extends Error {
  override readonly name = "TargetRefused";
}

/** EventBridge Scheduler spells some members of RunTask otherwise (API_EcsParameters, API_AwsVpcConfiguration). */
export function runTaskInput(
  cluster: string,
  parameters: EcsParameters,
  input: string | undefined,
  schedule: Pick<StoredSchedule, "group" | "name">,
): RunTaskCommandInput {
  const network = parameters.NetworkConfiguration?.awsvpcConfiguration;
  const strategy = parameters.CapacityProviderStrategy;
  return {
    cluster,
    taskDefinition: parameters.TaskDefinitionArn,
    count: parameters.TaskCount ?? 1,
    startedBy: `chronos-schedule/${schedule.name}`.slice(0, 128),
    ...(strategy === undefined
      ? { launchType: parameters.LaunchType ?? "FARGATE" }
      : { capacityProviderStrategy: [...strategy] }),
    ...(network === undefined
      ? {}
      : {
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: [...network.Subnets],
              securityGroups: [...(network.SecurityGroups ?? [])],
              assignPublicIp: network.AssignPublicIp ?? "DISABLED",
            },
          },
        }),
    ...(parameters.PropagateTags === undefined ? {} : { propagateTags: parameters.PropagateTags }),
    ...(parameters.Group === undefined ? {} : { group: parameters.Group }),
    ...(parameters.PlatformVersion === undefined ? {} : { platformVersion: parameters.PlatformVersion }),
    ...(parameters.Tags === undefined ? {} : { tags: parameters.Tags.map(ecsTag) }),
    ...(input === undefined ? {} : { overrides: JSON.parse(input) as TaskOverride }),
  };
}

function ecsTag(tag: Readonly<Record<string, string>>): Tag {
  return { key: tag["key"] ?? tag["Key"] ?? "", value: tag["value"] ?? tag["Value"] ?? "" };
}

async function giveUp(schedule: StoredSchedule, error: unknown, platform: Platform): Promise<void> {
  const why = error instanceof Error ? error.message : String(error);
  platform.log.warn("schedule failed", { schedule: `${schedule.group}/${schedule.name}`, why });
  const queue = schedule.settings.Target.DeadLetterConfig?.Arn;
  if (queue === undefined) return;
  const message = { ERROR_MESSAGE: { DataType: "String", StringValue: why.slice(0, 1_000) } };
  await send(queue, schedule.settings.Target.Input ?? "{}", platform, { MessageAttributes: message });
}

async function send(arn: string, body: string, platform: Platform, more: object): Promise<void> {
  const { QueueUrl } = await platform.aws.sqs.getQueueUrl({ QueueName: arn.slice(arn.lastIndexOf(":") + 1) });
  await platform.aws.sqs.sendMessage({ QueueUrl, MessageBody: body === "" ? "{}" : body, ...more });
}
