import type { Resource } from "../../app/application.ts";
import type { Subscription, Topic } from "../../app/topic.ts";
import type { Findings } from "../findings.ts";
import { subscriptionsFrom, topicSchema } from "../topic.ts";
import { partAt, placeAt, toValue } from "../yaml/tree.ts";
import type { Draft } from "./draft.ts";
import { readSettings, reasonOf } from "./managed.ts";
import { lookUp, namesWhere, type Scope, type Target, type Wanted } from "./scope.ts";

export function topicResource(draft: Draft, scope: Scope, findings: Findings): Topic | undefined {
  const settings = readSettings(topicSchema, draft, findings);
  if (settings === undefined) return undefined;
  return {
    type: "topic",
    name: draft.name,
    fifo: settings.fifo,
    subscriptions: subscriptionsFrom(settings).filter((one) => isOfQueue(one, draft, scope, findings)),
    reason: reasonOf(draft),
  };
}

function isOfQueue({ queue }: Subscription, draft: Draft, scope: Scope, findings: Findings): boolean {
  const { subject, place } = whereOf(draft, queue);
  const wanted: Wanted = { noun: "queue", names: namesWhere(scope, isQueue) };
  const target = lookUp(queue, scope, { subject, place, findings, wanted });
  if (target === undefined || target.kind === "failed") return false;
  if (isQueue(target)) return true;
  const hint = `give \`${queue}\` a queue of its own under \`x-freehold.resources\`, and name that`;
  findings.problem({
    code: "subscription",
    subject,
    message: "is no queue, and only queues receive",
    hint,
    place,
  });
  return false;
}

function isQueue(target: Target): boolean {
  return target.kind === "resource" && target.type === "queue";
}

/** A topic that keeps no order cannot feed a queue that does (https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html). */
export function checkSubscriptions(
  resources: readonly Resource[],
  all: readonly Draft[],
  findings: Findings,
): void {
  const ordered = new Set(resources.flatMap((one) => (one.type === "queue" && one.fifo ? [one.name] : [])));
  for (const topic of resources.filter((one) => one.type === "topic" && !one.fifo)) {
    const draft = all.find(({ name }) => name === topic.name);
    if (draft === undefined || topic.type !== "topic") continue;
    for (const { queue } of topic.subscriptions.filter((one) => ordered.has(one.queue))) {
      const message = `keeps the order of its messages, and \`${topic.name}\` does not`;
      const hint = "write `fifo: true` for both or for neither";
      findings.problem({ code: "subscription", ...whereOf(draft, queue), message, hint });
    }
  }
}

/** Where a queue is named: a key of a section, or an item of a list. */
function whereOf({ settings, settingsSubject }: Draft, queue: string) {
  const subject = `${settingsSubject}.subscriptions.${queue}`;
  const written = partAt(settings, ["subscriptions"]);
  const item = written?.kind === "list" ? written.items.find((one) => toValue(one) === queue) : undefined;
  return { subject, place: item?.place ?? placeAt(settings, ["subscriptions", queue]) };
}
