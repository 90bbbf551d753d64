import { allPages } from "../../all-pages.ts";
import { type Find, tagsOf, textOf } from "./sought.ts";

/** Only a list of all tells whether there is one of a name. */
export const topic: Find = async (sought, ports) => {
  const sns = await ports.aws.sns();
  const topics = await allPages(
    (token) => sns.listTopics(tokenOf(token)),
    ({ Topics }) => Topics,
    ({ NextToken }) => NextToken,
  );
  const id = topics.find(({ TopicArn = "" }) => lastWord(TopicArn) === textOf(sought, "name"))?.TopicArn;
  if (id === undefined) return undefined;
  return { id, tags: tagsOf((await sns.listTagsForResource({ ResourceArn: id })).Tags) };
};

/** A topic has one for each endpoint; it bears no tags of its own. */
export const subscription: Find = async ({ idOf }, ports) => {
  const TopicArn = await idOf("topic_arn");
  const queue = await idOf("endpoint");
  if (TopicArn === undefined || queue === undefined) return undefined;
  const sns = await ports.aws.sns();
  const all = await allPages(
    (token) => sns.listSubscriptionsByTopic({ TopicArn, ...tokenOf(token) }),
    ({ Subscriptions }) => Subscriptions,
    ({ NextToken }) => NextToken,
  );
  const id = all.find(({ Endpoint = "" }) => lastWord(Endpoint) === lastWord(queue))?.SubscriptionArn;
  return id === undefined ? undefined : { id };
};

function tokenOf(token: string | undefined): { readonly NextToken?: string } {
  return token === undefined ? {} : { NextToken: token };
}

/** The name at the end of an ARN or of a queue's URL. */
function lastWord(id: string): string {
  return id.split(/[:/]/).at(-1) ?? "";
}
