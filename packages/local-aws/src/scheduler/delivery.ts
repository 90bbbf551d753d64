import { randomUUID } from "node:crypto";
import type { Clock, Log } from "../platform.ts";
import type { Schedule } from "./state.ts";
import { type Execution, invoke, queueUrl, type TargetClients } from "./target.ts";

export interface DeliveryPorts {
  readonly clients: TargetClients;
  readonly clock: Clock;
  readonly log: Log;
}

const longestPause = 60_000;

/**
 * Calls a schedule's target, again with growing pauses while it fails, as its retry policy says; what is given up goes
 * to the dead-letter queue. Never rejects.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export async function deliver(ports: DeliveryPorts, schedule: Schedule, scheduledAt: Date): Promise<void> {
  const { MaximumRetryAttempts: most = 185, MaximumEventAgeInSeconds: age = 86_400 } =
    schedule.target.RetryPolicy ?? {};
  const id = randomUUID();
  for (let attempt = 1; ; attempt++) {
    const error = await attempted(ports, schedule, { id, scheduledAt, attempt });
    if (error === undefined) return;
    ports.log.warn(`schedule ${schedule.name} could not call its target`, { attempt, error });
    const pause = Math.min(1000 * 2 ** (attempt - 1), longestPause);
    const isOld = ports.clock.now().getTime() + pause > scheduledAt.getTime() + age * 1000;
    const condition =
      attempt > most ? "MaximumRetryAttempts" : isOld ? "MaximumEventAgeInSeconds" : undefined;
    if (condition !== undefined || isFinal(error)) {
      return giveUp(ports, schedule, { id, scheduledAt, attempt }, error, condition);
    }
    await ports.clock.sleep(pause);
  }
}

async function attempted(
  { clients }: DeliveryPorts,
  schedule: Schedule,
  execution: Execution,
): Promise<Error | undefined> {
  try {
    await invoke(clients, schedule, execution);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new TypeError(String(error));
  }
}

/** The caller's mistakes are not tried again; throttling is no mistake. */
function isFinal(error: Error): boolean {
  const isClientFault = "$fault" in error && error.$fault === "client";
  return isClientFault && !/Throttl|TooManyRequests|RequestLimit/.test(error.name);
}

async function giveUp(
  { clients, log }: DeliveryPorts,
  schedule: Schedule,
  execution: Execution,
  error: Error,
  condition: string | undefined,
): Promise<void> {
  const arn = schedule.target.DeadLetterConfig?.Arn;
  if (arn === undefined) return;
  const attributes = {
    ERROR_CODE: error.name,
    ERROR_MESSAGE: error.message,
    EXECUTION_ID: execution.id,
    EXHAUSTED_RETRY_CONDITION: condition,
    RETRY_ATTEMPTS: String(execution.attempt - 1),
    SCHEDULED_TIME: execution.scheduledAt.toISOString().replace(/\.\d+Z$/, "Z"),
    SCHEDULE_ARN: schedule.arn,
    TARGET_ARN: schedule.target.Arn,
  };
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== "");
  try {
    await clients.sqs.sendMessage({
      QueueUrl: await queueUrl(clients.sqs, arn),
      MessageBody: schedule.target.Input ?? "{}",
      MessageAttributes: Object.fromEntries(
        given.map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
      ),
    });
  } catch (failure) {
    log.warn(`schedule ${schedule.name} could not reach its dead-letter queue`, { error: failure });
  }
}
