import type { Topic } from "../app/topic.ts";
import type { Call, Text } from "../terraform/expression.ts";
import { arnOf } from "./arn.ts";
import { nameOf } from "./names.ts";
import { policyDocument, type Statement } from "./policy.ts";
import { type EnvironmentScope, within } from "./scope.ts";

export function queueName(scope: EnvironmentScope, owner: string, fifo: boolean, what = ""): string {
  const name = nameOf("queue", within(scope, owner), what);
  return fifo ? `${name}.fifo` : name;
}

export function topicName(scope: EnvironmentScope, { name, fifo }: Pick<Topic, "name" | "fifo">): string {
  const full = nameOf("topic", within(scope, name));
  return fifo ? `${full}.fifo` : full;
}

/**
 * Who may use a queue: the topics that it receives from, and nobody else outside the account's own policies; nobody without TLS.
 * Part of the queue and not a resource of its own: the provider waits half a minute after each change of a queue's attributes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export function queuePolicy(scope: EnvironmentScope, queue: string, topics: readonly Topic[] = []): Call {
  const arn = arnOf(scope, "sqs", queue);
  return policyDocument([
    overTlsOnly("sqs:*", arn),
    ...topics.map((topic) => ({
      principal: { Service: "sns.amazonaws.com" },
      actions: ["sqs:SendMessage"],
      resources: [arn],
      conditions: { ArnEquals: { "aws:SourceArn": arnOf(scope, "sns", topicName(scope, topic)) } },
    })),
  ]);
}

/**
 * What SNS gives a topic without a policy, and that nobody publishes without TLS.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export function topicPolicy(scope: EnvironmentScope, topic: string): Call {
  const arn = arnOf(scope, "sns", topic);
  const owners: Statement = {
    principal: { AWS: "*" },
    actions: topicActions.map((action) => `SNS:${action}`),
    resources: [arn],
    conditions: { StringEquals: { "AWS:SourceOwner": scope.facts.account } },
  };
  return policyDocument([owners, overTlsOnly("sns:Publish", arn)]);
}

const topicActions = [
  "AddPermission",
  "DeleteTopic",
  "GetTopicAttributes",
  "ListSubscriptionsByTopic",
  "Publish",
  "RemovePermission",
  "SetTopicAttributes",
  "Subscribe",
];

function overTlsOnly(action: string, resource: Text): Statement {
  return {
    effect: "Deny",
    principal: "*",
    actions: [action],
    resources: [resource],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}
