import type { Queue } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { ref, resource } from "../terraform/block.ts";
import { type Expressed, jsonencode, type Ref } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { queueName, queuePolicy } from "./messages.ts";
import type { EnvironmentOutputs } from "./outputs.ts";
import type { Statement } from "./policy.ts";
import { type EnvironmentScope, guardOf, serviceTags } from "./scope.ts";

export interface QueueFacility extends Facility {
  readonly url: Ref;
  readonly arn: Ref;
  readonly outputs: Expressed<EnvironmentOutputs["queues"][string]>;
}

const day = 24 * 60 * 60;

/** A queue and the one that takes what could not be worked on. Encrypted by SQS itself: AWS's KMS key would block other services' deliveries. */
export function queue(scope: EnvironmentScope, wanted: Queue): QueueFacility {
  const { name, fifo, maxReceives } = wanted;
  const dead = deadLetterQueue(scope, name, fifo);
  const full = queueName(scope, name, fifo);
  const topics = scope.environment.resources
    .filter((one) => one.type === "topic")
    .filter(({ subscriptions }) => subscriptions.some((one) => one.queue === name));
  const main = resource(
    "aws_sqs_queue",
    terraformName(name),
    {
      name: full,
      ...(fifo ? { fifo_queue: true, content_based_deduplication: true } : {}),
      sqs_managed_sse_enabled: true,
      visibility_timeout_seconds: wanted.visibilityTimeout,
      message_retention_seconds: wanted.retentionDays * day,
      policy: queuePolicy(scope, full, topics),
      redrive_policy: jsonencode({ deadLetterTargetArn: ref(dead, "arn"), maxReceiveCount: maxReceives }),
      tags: serviceTags(name),
    },
    { lifecycle: guardOf(scope) },
  );
  const facts = { name: ref(main, "name"), url: ref(main, "url"), arn: ref(main, "arn") };
  return {
    ...facts,
    name,
    blocks: [dead, main],
    attributes: facts,
    statements: [useOf(facts.arn)],
    outputs: facts,
  };
}

/** Keeps for two weeks, the longest there is, what nobody could take. */
export function deadLetterQueue(scope: EnvironmentScope, owner: string, fifo = false) {
  const name = queueName(scope, owner, fifo, "dead");
  return resource("aws_sqs_queue", terraformName(`${owner}/dead-letter`), {
    name,
    ...(fifo ? { fifo_queue: true } : {}),
    sqs_managed_sse_enabled: true,
    message_retention_seconds: 14 * day,
    policy: queuePolicy(scope, name),
    tags: serviceTags(owner),
  });
}

function useOf(arn: Ref): Statement {
  return {
    actions: [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ],
    resources: [arn],
  };
}
