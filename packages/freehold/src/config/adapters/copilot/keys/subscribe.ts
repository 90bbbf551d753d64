import { parseDuration } from "../../../notation.ts";
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
  without,
  write,
} from "../treatment.ts";
import { resource, setting, type Workload, type WorkloadKey } from "../workload.ts";
import { prefix } from "./publish.ts";

/** Every worker has a queue of its own at Copilot, whether its manifest names it or not. */
export function queueName({ name }: Workload): string {
  return `${name}-queue`;
}

/** The queue itself, for a worker that subscribes to something. */
export function defaultQueue(written: WorkloadKey): readonly ReturnType<typeof write>[] {
  const { context, place } = written;
  const name = queueName(context);
  return [write(resource(name, "type"), "queue", place), listed(setting(context, "uses"), [name], place)];
}

function timeout({ value, context, place }: WorkloadKey): Becomes {
  const seconds = parseDuration(textOf(value) ?? "");
  if (seconds === undefined) return without("is no duration");
  return mapped([write(resource(queueName(context), "visibility_timeout"), `${seconds}s`, place)]);
}

const day = 86_400;

function retention({ value, context, place }: WorkloadKey): Becomes {
  const seconds = parseDuration(textOf(value) ?? "");
  if (seconds === undefined) return without("is no duration");
  const days = Math.min(14, Math.max(1, Math.ceil(seconds / day)));
  const message = days * day === seconds ? undefined : `kept for whole days: ${days}`;
  return mapped([write(resource(queueName(context), "retention_days"), days, place)], message);
}

function fifo({ value, context, place }: WorkloadKey): Becomes {
  if (value.kind === "scalar" && !isTrue(value)) return noted("it keeps no order anyway");
  return mapped([write(resource(queueName(context), "fifo"), true, place)]);
}

function tries({ value, context, place }: WorkloadKey): Becomes {
  const times = numberOf(value);
  if (times === undefined) return without("is no number");
  return mapped([write(resource(queueName(context), "max_receives"), times, place)]);
}

const throughput = lost("throughput of a queue that keeps the order is not set");

const queue = inside<Workload>({
  delay: lost("a message can be taken at once"),
  retention: one(retention),
  timeout: one(timeout),
  fifo: inside<Workload>(
    {
      content_based_deduplication: lost("messages need a deduplication id of their own"),
      deduplication_scope: throughput,
      throughput_limit: throughput,
      high_throughput: throughput,
    },
    fifo,
  ),
  dead_letter: inside<Workload>({ tries: one(tries) }),
});

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

const unsubscribed = (written: WorkloadKey): Becomes => {
  const { context } = written;
  const name = textOf(
    written.value.kind === "section" ? written.value.entries.get("name")?.value : undefined,
  );
  return without(
    `nothing carries messages of the topic \`${name ?? "?"}\` into a queue yet: send them to the queue ` +
      `\`${queueName(context)}\` instead; the worker reads \`${prefix(queueName(context))}_URL\` for \`COPILOT_QUEUE_URI\``,
  );
};

/** https://aws.github.io/copilot-cli/docs/manifest/worker-service/#subscribe */
export const subscribe = inside<Workload>({
  queue,
  topics: each(
    one<Workload>(
      unsubscribed,
      "name",
      "service",
      "filter_policy",
      "queue",
      ...queueKeys.map((key) => `queue.${key}`),
    ),
  ),
});
