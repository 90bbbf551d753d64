import { terraformName } from "../app/names.ts";
import type { Subscription, Topic } from "../app/topic.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import { type Expressed, jsonencode, type Ref } from "../terraform/expression.ts";
import type { Facility } from "./facilities.ts";
import { topicName, topicPolicy } from "./messages.ts";
import type { EnvironmentOutputs } from "./outputs.ts";
import type { QueueFacility } from "./queue.ts";
import { type EnvironmentScope, serviceTags } from "./scope.ts";

export interface TopicFacility extends Facility {
  readonly topic: Topic;
  readonly arn: Ref;
  readonly outputs: Expressed<EnvironmentOutputs["topics"][string]>;
}

/**
 * An SNS topic and its way into each of its queues. It has no KMS key: with AWS's own, other services of AWS could not publish
 * to it (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
export function topic(
  scope: EnvironmentScope,
  wanted: Topic,
  queues: readonly QueueFacility[],
): TopicFacility {
  const { name, fifo } = wanted;
  const full = topicName(scope, wanted);
  const main = resource("aws_sns_topic", terraformName(name), {
    name: full,
    ...(fifo ? { fifo_topic: true, content_based_deduplication: true } : {}),
    policy: topicPolicy(scope, full),
    tags: serviceTags(name),
  });
  const arn = ref(main, "arn");
  return {
    name,
    topic: wanted,
    arn,
    blocks: [main, ...wanted.subscriptions.flatMap((one) => subscribe(wanted, one, arn, queues))],
    attributes: { name: ref(main, "name"), arn },
    statements: [{ actions: ["sns:GetTopicAttributes", "sns:Publish"], resources: [arn] }],
    outputs: { name: ref(main, "name"), arn },
  };
}

function subscribe(
  { name }: Topic,
  { queue, raw, filter }: Subscription,
  topicArn: Ref,
  queues: readonly QueueFacility[],
): readonly Block[] {
  const target = queues.find((one) => one.name === queue);
  if (target === undefined) return [];
  const filtered =
    filter === undefined
      ? {}
      : {
          filter_policy: jsonencode(filter.policy),
          filter_policy_scope: filter.on === "body" ? "MessageBody" : "MessageAttributes",
        };
  return [
    resource("aws_sns_topic_subscription", terraformName(`${name}/${queue}`), {
      topic_arn: topicArn,
      protocol: "sqs",
      endpoint: target.arn,
      raw_message_delivery: raw,
      ...filtered,
    }),
  ];
}
