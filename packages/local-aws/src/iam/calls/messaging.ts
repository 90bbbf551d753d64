import { arn, arnOr, type Call, type Found, textIn } from "./call.ts";
import type { ServiceCalls } from "./service-calls.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export const sqs: ServiceCalls = {
  prefix: "sqs",
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
  actions: {
    ChangeMessageVisibilityBatch: ["ChangeMessageVisibility"],
    DeleteMessageBatch: ["DeleteMessage"],
    SendMessageBatch: ["SendMessage"],
  },
  readers: { queue },
};

function queue({ input, place }: Call): Found {
  const url = textIn(input, "QueueUrl");
  if (url !== undefined) {
    // The server reads the name alone; a queue of another account would be a resource policy's concern.
    const [account, name] = url.split("?")[0]?.split("/").slice(-2) ?? [];
    return name === undefined || name === "" || account !== place.account
      ? undefined
      : [arn("sqs", place, name)];
  }
  return arnOr(textIn(input, "QueueName") ?? textIn(input, "SourceArn"), (name) => arn("sqs", place, name));
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const sns: ServiceCalls = {
  prefix: "sns",
  actions: { PublishBatch: ["Publish"] },
  readers: { topic },
  knownKeys: ["sns:protocol", "sns:endpoint"],
  keys: ({ input }) => ({
    ...single("sns:protocol", textIn(input, "Protocol")),
    ...single("sns:endpoint", textIn(input, "Endpoint")),
  }),
};

function topic({ input, place, operation }: Call): Found {
  // A text message to a telephone concerns no topic.
  if (operation === "Publish" && textIn(input, "PhoneNumber") !== undefined) return ["*"];
  const subscription = textIn(input, "SubscriptionArn");
  if (subscription !== undefined) return [subscription.split(":").slice(0, 6).join(":")];
  const named = ["TopicArn", "TargetArn", "ResourceArn"].map((member) => textIn(input, member));
  return arnOr(named.find((one) => one !== undefined) ?? textIn(input, "Name"), (name) =>
    arn("sns", place, name),
  );
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const events: ServiceCalls = {
  prefix: "events",
  readers: {
    "event-bus": ({ input, place, operation }) => {
      if (operation !== "PutEvents") {
        return arnOr(textIn(input, "EventBusName") ?? textIn(input, "Name"), (name) =>
          arn("events", place, `event-bus/${name}`),
        );
      }
      const entries = Array.isArray(input["Entries"]) ? input["Entries"] : [];
      return entries.flatMap(
        (entry) =>
          arnOr(textIn(entry, "EventBusName") ?? "default", (name) =>
            arn("events", place, `event-bus/${name}`),
          ) ?? [],
      );
    },
  },
};

function single(key: string, value: string | undefined): Readonly<Record<string, readonly string[]>> {
  return value === undefined ? {} : { [key]: [value] };
}
