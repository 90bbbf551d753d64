import { Items, meant, type World } from "./world.ts";

/** Topics are asked for in pages, here of one. */
export function sns({ all, tagsOf }: World) {
  return {
    listTopics: ({ NextToken = "0" }: { NextToken?: string }) => {
      const topics = all("aws_sns_topic").map(({ name }) => ({ TopicArn: arnOf(name) }));
      return pageAt(Number(NextToken), topics, "Topics");
    },
    listTagsForResource: ({ ResourceArn }: { ResourceArn: string }) => {
      const topic = all("aws_sns_topic").find(({ name }) => arnOf(name) === ResourceArn);
      return { Tags: Items(tagsOf(topic?.id ?? "")) };
    },
    listSubscriptionsByTopic: ({ NextToken = "0" }: { NextToken?: string }) => {
      const subscriptions = all("aws_sns_topic_subscription").map(({ block, id }) => ({
        SubscriptionArn: id,
        Endpoint: String(meant(block.args["endpoint"])),
      }));
      return pageAt(Number(NextToken), subscriptions, "Subscriptions");
    },
  };
}

function arnOf(name: string): string {
  return `arn:aws:sns:us-east-1:111111111111:${name}`;
}

function pageAt<Item>(at: number, items: readonly Item[], name: string) {
  const token = at + 1 < items.length ? { NextToken: String(at + 1) } : {};
  return { [name]: items.slice(at, at + 1), ...token };
}
