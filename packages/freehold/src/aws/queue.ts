import type { Queue } from "../app/application.ts";
import { terraformName } from "../app/names.ts";
import { ref, resource } from "../terraform/block.ts";
import { type Expressed, jsonencode, type Ref } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { nameOf } from "./names.ts";
import type { EnvironmentOutputs } from "./outputs.ts";
import type { Statement } from "./policy.ts";
import { type EnvironmentScope, guardOf, serviceTags, within } from "./scope.ts";

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
  const main = resource(
    "aws_sqs_queue",
    terraformName(name),
    {
      name: queueName(scope, name, fifo),
      ...(fifo ? { fifo_queue: true, content_based_deduplication: true } : {}),
      sqs_managed_sse_enabled: true,
      visibility_timeout_seconds: wanted.visibilityTimeout,
      message_retention_seconds: wanted.retentionDays * day,
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
  return resource("aws_sqs_queue", terraformName(`${owner}/dead-letter`), {
    name: queueName(scope, owner, fifo, "dead"),
    ...(fifo ? { fifo_queue: true } : {}),
    sqs_managed_sse_enabled: true,
    message_retention_seconds: 14 * day,
    tags: serviceTags(owner),
  });
}

function queueName(scope: EnvironmentScope, owner: string, fifo: boolean, what = ""): string {
  const name = nameOf("queue", within(scope, owner), what);
  return fifo ? `${name}.fifo` : name;
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
