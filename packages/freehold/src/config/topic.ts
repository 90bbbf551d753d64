import type { Subscription } from "../app/topic.ts";
import { flag } from "./fields.ts";
import { filterPolicy } from "./filter-policy.ts";
import * as z from "./zod.ts";

const subscription = z.strictObject({
  raw: flag
    .default(false)
    .describe("True: the message as it was published. Else it comes in SNS's envelope, as JSON."),
  filter: filterPolicy
    .optional()
    .describe(
      "What is received, as a filter policy of SNS: `{ kind: [placed, paid] }`. Everything where left out.",
    ),
  filter_on: z
    .enum(["attributes", "body"])
    .default("attributes")
    .describe(
      "Whether the filter looks at the attributes of a message or into its body, which then is JSON.",
    ),
});

type SubscriptionSettings = z.output<typeof subscription>;

/** `x-freehold` of a topic. */
export const topicSchema = z.strictObject({
  type: z
    .literal("topic")
    .optional()
    .describe("A topic to publish messages to: SNS. Its queues receive them."),
  fifo: flag
    .default(false)
    .describe("Keeps the order, for queues that are `fifo` too; cannot be changed later."),
  subscriptions: z
    .union([
      z.array(z.string()).transform((names) => Object.fromEntries(names.map((name) => [name, null]))),
      z.record(z.string(), subscription.nullable()),
    ])
    .default({})
    .describe("The queues that receive what is published: a list of their names, or each with settings."),
});

export function subscriptionsFrom({ subscriptions }: z.output<typeof topicSchema>): readonly Subscription[] {
  return Object.entries(subscriptions)
    .map(([queue, settings]) => subscriptionFrom(queue, settings))
    .sort((a, b) => (a.queue < b.queue ? -1 : 1));
}

function subscriptionFrom(queue: string, settings: SubscriptionSettings | null): Subscription {
  const { raw = false, filter, filter_on: on = "attributes" } = settings ?? {};
  return { queue, raw, ...(filter === undefined ? {} : { filter: { on, policy: filter } }) };
}
