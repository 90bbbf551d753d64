import type { ECS, RunTaskCommandInput, TaskOverride } from "@aws-sdk/client-ecs";
import type { EcsParameters, Target } from "@aws-sdk/client-scheduler";
import type { SQS } from "@aws-sdk/client-sqs";
import { ServiceError } from "../service.ts";
import { invalid } from "./errors.ts";
import type { Schedule } from "./state.ts";

export interface TargetClients {
  readonly ecs: Pick<ECS, "runTask">;
  readonly sqs: Pick<SQS, "getQueueUrl" | "sendMessage">;
}

/** One run of a schedule; all its attempts have the same id. */
export interface Execution {
  readonly id: string;
  readonly scheduledAt: Date;
  /** From 1. */
  readonly attempt: number;
}

/** A target answered, and not as wanted. */
class TargetRefused extends Error {
  override readonly name = "TargetRefused";
}

/** @throws ServiceError for a target that is not run here. */
export function requireTarget(target: Target | undefined): void {
  const kind = kindOf(target?.Arn ?? "");
  if (kind === undefined) {
    throw new ServiceError(
      "NotImplemented",
      `Targets here are ECS clusters and SQS queues; ${target?.Arn} is neither`,
      501,
    );
  }
  if (kind === "ecs" && target?.EcsParameters === undefined) {
    throw invalid("EcsParameters must be specified for a target that is an ECS cluster.");
  }
  if (kind === "ecs" && target?.Input !== undefined) overridesIn(target.Input);
}

/** Calls the target once. */
export async function invoke(
  clients: TargetClients,
  schedule: Schedule,
  execution: Execution,
): Promise<void> {
  const { target } = schedule;
  const input = filledIn(target.Input, schedule, execution);
  if (kindOf(target.Arn ?? "") === "sqs") return sendMessage(clients.sqs, target, input ?? "");
  const { failures = [] } = await clients.ecs.runTask(runTaskInput(schedule, target.EcsParameters, input));
  if (failures.length > 0) throw new TargetRefused(failures.map((one) => one.reason).join(", "));
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
function filledIn(input: string | undefined, schedule: Schedule, execution: Execution): string | undefined {
  return input
    ?.replaceAll("<aws.scheduler.schedule-arn>", schedule.arn)
    .replaceAll("<aws.scheduler.scheduled-time>", execution.scheduledAt.toISOString().replace(/\.\d+Z$/, "Z"))
    .replaceAll("<aws.scheduler.execution-id>", execution.id)
    .replaceAll("<aws.scheduler.attempt-number>", String(execution.attempt));
}

function runTaskInput(
  schedule: Schedule,
  ecs: EcsParameters | undefined,
  input?: string,
): RunTaskCommandInput {
  const network = ecs?.NetworkConfiguration?.awsvpcConfiguration;
  return {
    cluster: schedule.target.Arn,
    taskDefinition: ecs?.TaskDefinitionArn,
    count: ecs?.TaskCount ?? 1,
    launchType: ecs?.LaunchType,
    capacityProviderStrategy: ecs?.CapacityProviderStrategy,
    platformVersion: ecs?.PlatformVersion,
    group: ecs?.Group,
    propagateTags: ecs?.PropagateTags,
    enableECSManagedTags: ecs?.EnableECSManagedTags,
    enableExecuteCommand: ecs?.EnableExecuteCommand,
    referenceId: ecs?.ReferenceId,
    placementConstraints: ecs?.PlacementConstraints,
    placementStrategy: ecs?.PlacementStrategy,
    tags: ecs?.Tags?.map((tag) => ({ key: tag["key"] ?? tag["Key"], value: tag["value"] ?? tag["Value"] })),
    networkConfiguration:
      network === undefined
        ? undefined
        : {
            awsvpcConfiguration: {
              subnets: network.Subnets,
              securityGroups: network.SecurityGroups,
              assignPublicIp: network.AssignPublicIp,
            },
          },
    overrides: input === undefined ? undefined : overridesIn(input),
    // As the real one signs its tasks, cut to what ECS takes.
    startedBy: `chronos-schedule/${schedule.name}`.slice(0, 128),
  };
}

/** The parse boundary of a target's `Input`; ECS checks the shape itself. */
function overridesIn(input: string): TaskOverride {
  try {
    return JSON.parse(input) as TaskOverride;
  } catch {
    throw invalid("Invalid RequestJson provided. Reason The provided Input is not JSON");
  }
}

async function sendMessage(sqs: TargetClients["sqs"], target: Target, body: string): Promise<void> {
  const group = target.SqsParameters?.MessageGroupId;
  await sqs.sendMessage({
    QueueUrl: await queueUrl(sqs, target.Arn ?? ""),
    MessageBody: body,
    ...(group === undefined ? {} : { MessageGroupId: group }),
  });
}

/** Address of the queue of an ARN. */
export async function queueUrl(sqs: Pick<SQS, "getQueueUrl">, arn: string): Promise<string> {
  const [account, name] = arn.split(":").slice(4);
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: name, QueueOwnerAWSAccountId: account });
  return QueueUrl ?? "";
}

function kindOf(arn: string): "ecs" | "sqs" | undefined {
  if (/^arn:aws:ecs:[^:]+:\d+:cluster\/.+/.test(arn)) return "ecs";
  return /^arn:aws:sqs:[^:]+:\d+:.+/.test(arn) ? "sqs" : undefined;
}
