import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleFrom } from "./testing/example.ts";
import { look, rootOf } from "./testing/look.ts";

const { environment, stackOf } = exampleFrom(`
services:
  api: { image: "api:1", x-freehold: { uses: [placed] } }
x-freehold:
  resources:
    placed:
      type: topic
      subscriptions:
        audits: { filter: { total: [{ numeric: [">", 5] }] }, filter_on: body }
        mails: { raw: true }
    news: { type: topic, subscriptions: [mails] }
    ledger: { type: topic, fifo: true, subscriptions: [entries] }
    mails: { type: queue }
    audits: { type: queue }
    entries: { type: queue, fifo: true }
    alone: { type: queue }
`);
const stack = stackOf(environment);
const { resource } = rootOf(stack);

test("a topic has no key of KMS, and one in order is named for it", () => {
  assert.ok(!("kms_master_key_id" in look(stack, "aws_sns_topic.placed")));
  const ledger = look(stack, "aws_sns_topic.ledger");
  assert.match(ledger.name, /\.fifo$/);
  assert.deepEqual([ledger.fifo_topic, ledger.content_based_deduplication], [true, true]);
});

test("each queue receives from its topics, filtered as the file says", () => {
  const all = Object.values(resource["aws_sns_topic_subscription"] ?? {});
  assert.equal(all.length, 4);
  const audits = all.find((one) => one.endpoint === "${aws_sqs_queue.audits.arn}");
  assert.equal(audits.topic_arn, "${aws_sns_topic.placed.arn}");
  assert.equal(audits.filter_policy_scope, "MessageBody");
  assert.match(audits.filter_policy, /numeric/);
  assert.equal(audits.raw_message_delivery, false);
  const mails = all.filter((one) => one.endpoint === "${aws_sqs_queue.mails.arn}");
  assert.deepEqual(mails.map((one) => one.raw_message_delivery).sort(), [false, true]);
});

test("a queue admits its own topics alone, all of them in its one policy", () => {
  const policy = (name: string) => String(look(stack, `aws_sqs_queue.${name}`).policy);
  assert.match(
    policy("mails"),
    /SourceArn" = "arn:aws:sns:[^"]*-news-[a-z]{6}".*SourceArn" = "arn:aws:sns:[^"]*-placed-/,
  );
  assert.doesNotMatch(policy("audits"), /-news-/);
  assert.match(policy("entries"), /-ledger-[a-z]{6}\.fifo"/);
  assert.doesNotMatch(policy("alone"), /sns/);
  assert.deepEqual(
    Object.keys(resource).filter((type) => type === "aws_sqs_queue_policy"),
    [],
  );
});

test("who uses a topic may publish to it and nothing else", () => {
  const policy = String(look(stack, "aws_iam_role_policy.task_api").policy);
  assert.match(policy, /sns:Publish/);
  assert.doesNotMatch(policy, /sqs:|sns:Subscribe|aws_sns_topic\.news/);
});
