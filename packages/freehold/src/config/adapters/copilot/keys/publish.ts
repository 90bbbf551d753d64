import { partAt } from "../../../yaml/tree.ts";
import {
  type Becomes,
  each,
  inside,
  isTrue,
  listed,
  mapped,
  one,
  textOf,
  without,
  write,
} from "../treatment.ts";
import { resource, setting, type Workload, type WorkloadKey } from "../workload.ts";

/** What a topic of a service is called here: Copilot tells two of one name apart by their service. */
export function topicName(service: string, topic: string): string {
  return `${service}-${topic}`;
}

function topic({ value, context, place }: WorkloadKey): Becomes {
  const name = textOf(partAt(value, ["name"]));
  if (name === undefined) return without("has no name");
  const full = topicName(context.name, name);
  const fifo = partAt(value, ["fifo"]);
  const isFifo = isTrue(fifo) || fifo?.kind === "section";
  const message = `the variable \`${prefix(full)}_ARN\` holds what \`COPILOT_SNS_TOPIC_ARNS\` held under \`${name}\``;
  return mapped(
    [
      write(resource(full, "type"), "topic", place),
      ...(isFifo ? [write(resource(full, "fifo"), true, place)] : []),
      listed(setting(context, "uses"), [full], place),
    ],
    partAt(fifo, ["content_based_deduplication"]) === undefined
      ? message
      : `${message}; messages need a deduplication id of their own`,
  );
}

/** What the variables of a resource begin with. */
export function prefix(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
}

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#publish */
export const publish = inside<Workload>({
  topics: each(one<Workload>(topic, "name", "fifo", "fifo.content_based_deduplication")),
});
