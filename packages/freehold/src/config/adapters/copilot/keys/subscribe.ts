import { parseDuration } from "../../../notation.ts";
import { partAt, type Section, section, type Tree } from "../../../yaml/tree.ts";
import {
  type Becomes,
  each,
  inside,
  isTrue,
  listed,
  lost,
  mapped,
  noted,
  numberOf,
  one,
  textOf,
  type Write,
  without,
  write,
} from "../treatment.ts";
import { resource, setting, type Workload, type WorkloadKey } from "../workload.ts";
import { prefix, topicName } from "./publish.ts";

/** Every worker has a queue of its own at Copilot, whether its manifest names it or not. */
export function queueName({ name }: Workload): string {
  return `${name}-queue`;
}

/** The queue itself, for a worker that subscribes to something. */
export function defaultQueue({ context, place }: WorkloadKey): readonly Write[] {
  return queueOf(queueName(context), context, place);
}

function queueOf(name: string, context: Workload, place: WorkloadKey["place"]): readonly Write[] {
  return [write(resource(name, "type"), "queue", place), listed(setting(context, "uses"), [name], place)];
}

function timeout(name: string, { value, place }: WorkloadKey): Becomes {
  const seconds = parseDuration(textOf(value) ?? "");
  if (seconds === undefined) return without("is no duration");
  return mapped([write(resource(name, "visibility_timeout"), `${seconds}s`, place)]);
}

const day = 86_400;

function retention(name: string, { value, place }: WorkloadKey): Becomes {
  const seconds = parseDuration(textOf(value) ?? "");
  if (seconds === undefined) return without("is no duration");
  const days = Math.min(14, Math.max(1, Math.ceil(seconds / day)));
  const message = days * day === seconds ? undefined : `kept for whole days: ${days}`;
  return mapped([write(resource(name, "retention_days"), days, place)], message);
}

function fifo(name: string, { value, place }: WorkloadKey): Becomes {
  if (value.kind === "scalar" && !isTrue(value)) return noted("it keeps no order anyway");
  return mapped([write(resource(name, "fifo"), true, place)]);
}

function tries(name: string, { value, place }: WorkloadKey): Becomes {
  const times = numberOf(value);
  if (times === undefined) return without("is no number");
  return mapped([write(resource(name, "max_receives"), times, place)]);
}

const throughput = lost("throughput of a queue that keeps the order is not set");
const ownQueue =
  (treat: typeof timeout) =>
  (written: WorkloadKey): Becomes =>
    treat(queueName(written.context), written);

const queue = inside<Workload>({
  delay: lost("a message can be taken at once"),
  retention: one(ownQueue(retention)),
  timeout: one(ownQueue(timeout)),
  fifo: inside<Workload>(
    {
      content_based_deduplication: lost("messages need a deduplication id of their own"),
      deduplication_scope: throughput,
      throughput_limit: throughput,
      high_throughput: throughput,
    },
    ownQueue(fifo),
  ),
  dead_letter: inside<Workload>({ tries: one(ownQueue(tries)) }),
});

/** Of a queue for one topic alone, what is carried over; the rest is as of the worker's own queue. */
const topicQueueKeys: readonly (readonly [readonly string[], typeof timeout])[] = [
  [["timeout"], timeout],
  [["retention"], retention],
  [["fifo"], fifo],
  [["dead_letter", "tries"], tries],
];

const queueKeys = [
  "delay",
  "retention",
  "timeout",
  "dead_letter",
  "dead_letter.tries",
  "fifo",
  "fifo.content_based_deduplication",
  "fifo.deduplication_scope",
  "fifo.throughput_limit",
  "fifo.high_throughput",
];

/** A topic of another service, carried into the worker's queue or into one of its own. */
function subscription(written: WorkloadKey): Becomes {
  const { value, context } = written;
  const name = textOf(partAt(value, ["name"]));
  const service = textOf(partAt(value, ["service"]));
  if (name === undefined || service === undefined) return without("must name a topic and its service");
  const own = partAt(value, ["queue"]);
  const hasOwn = own !== undefined && (own.kind === "section" || isTrue(own));
  const target = hasOwn ? `${context.name}-${name}-queue` : queueName(context);
  const received = subscribed(topicName(service, name), target, written);
  if (!hasOwn) return mapped(received);
  return mapped(
    [...received, ...queueOf(target, context, written.place), ...topicQueue(target, own, written)],
    `the worker reads \`${prefix(target)}_URL\` for the queue of \`${name}\` in \`COPILOT_TOPIC_QUEUE_URIS\``,
  );
}

function subscribed(topic: string, target: string, { value, place }: WorkloadKey): readonly Write[] {
  const filter = partAt(value, ["filter_policy"]);
  const settings: Section = section(
    filter === undefined ? [] : [["filter", { value: filter, place }]],
    place,
  );
  return [
    write(resource(topic, "type"), "topic", place),
    { path: resource(topic, "subscriptions", target), value: settings },
  ];
}

function topicQueue(target: string, own: Tree, written: WorkloadKey): readonly Write[] {
  return topicQueueKeys.flatMap(([path, treat]) => {
    const value = partAt(own, path);
    if (value === undefined) return [];
    const becomes = treat(target, { ...written, value });
    return becomes.outcome === "mapped" ? becomes.writes : [];
  });
}

/** https://aws.github.io/copilot-cli/docs/manifest/worker-service/#subscribe */
export const subscribe = inside<Workload>({
  queue,
  topics: each(
    one<Workload>(
      subscription,
      "name",
      "service",
      "filter_policy",
      "queue",
      ...queueKeys.map((key) => `queue.${key}`),
    ),
  ),
});
