import { parseDuration } from "../../../notation.ts";
import { partAt } from "../../../yaml/tree.ts";
import {
  type Becomes,
  inside,
  type KeyTable,
  lost,
  mapped,
  notes,
  numberOf,
  one,
  textOf,
  without,
  write,
} from "../treatment.ts";
import { setting, type Workload, type WorkloadKey } from "../workload.ts";

const perMetric = "one `cooldown` holds for every metric";

/** `cpu_percentage: 70`, or `{ value: 70, cooldown: … }`. */
function metric(into: string) {
  const treat = ({ value, context, place }: WorkloadKey): Becomes => {
    const number = numberOf(value);
    return number === undefined
      ? without("is no number")
      : mapped([write(setting(context, "scale", into), number, place)]);
  };
  return inside<Workload>({ value: one(treat), cooldown: notes(perMetric, "in", "out") }, treat);
}

function fixed({ value, context, place }: WorkloadKey): Becomes {
  const tasks = numberOf(value);
  if (tasks === undefined) return without("names an autoscaling configuration of App Runner; write `scale`");
  const most =
    context.environment === undefined ? [] : [write(setting(context, "scale", "max"), tasks, place)];
  return mapped([write(setting(context, "scale", "min"), tasks, place), ...most]);
}

function range({ value, context, place }: WorkloadKey): Becomes {
  const [, least, most] = /^(\d+)-(\d+)$/.exec(textOf(value) ?? "") ?? [];
  if (least === undefined || most === undefined) return without("is no range such as `1-10`");
  return mapped([
    write(setting(context, "scale", "min"), Number(least), place),
    write(setting(context, "scale", "max"), Number(most), place),
  ]);
}

function bound(into: "min" | "max") {
  return one(({ value, context, place }: WorkloadKey): Becomes => {
    const tasks = numberOf(value);
    if (tasks === undefined) return without("is no number");
    return mapped([write(setting(context, "scale", into), tasks, place)]);
  });
}

function spot({ value, context, place }: WorkloadKey): Becomes {
  const tasks = numberOf(value) ?? 1;
  return mapped([
    write(setting(context, "scale", "min"), tasks, place),
    write(setting(context, "spot"), true, place),
  ]);
}

const spotFrom = one(
  ({ context, place }: WorkloadKey): Becomes =>
    mapped([write(setting(context, "spot"), true, place)], "spare capacity takes every task that it can"),
);

/** Messages that one task may have before it, so that none waits longer than it may. */
function backlog({ value, context, place }: WorkloadKey): Becomes {
  const latency = parseDuration(textOf(partAt(value, ["acceptable_latency"])) ?? "");
  const each = parseDuration(textOf(partAt(value, ["msg_processing_time"])) ?? "");
  if (latency === undefined || each === undefined || each === 0)
    return without("needs `acceptable_latency` and `msg_processing_time`");
  const messages = Math.max(1, Math.floor(latency / each));
  return mapped(
    [write(setting(context, "scale", "backlog"), messages, place)],
    "the one divided by the other",
  );
}

const cooldown = inside<Workload>({
  in: one(({ value, context, place }) =>
    mapped([write(setting(context, "scale", "cooldown"), textOf(value) ?? "", place)]),
  ),
  out: notes("one `cooldown` holds in both directions: that of `in`"),
});

const shared: KeyTable<Workload> = {
  spot: one(spot),
  range: inside<Workload>({ min: bound("min"), max: bound("max"), spot_from: spotFrom }, range),
  cooldown,
  cpu_percentage: metric("cpu"),
  memory_percentage: metric("memory"),
};

const slow = lost(
  "the load balancer's response time is not scaled by; use `requests` or `cpu`",
  "value",
  "cooldown",
);

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#count */
export const count = inside<Workload>(
  { ...shared, requests: metric("requests"), response_time: slow },
  fixed,
);

/** Of a worker, which scales with its queue. */
export const workerCount = inside<Workload>(
  {
    ...shared,
    queue_delay: one(
      backlog,
      "acceptable_latency",
      "msg_processing_time",
      "cooldown",
      "cooldown.in",
      "cooldown.out",
    ),
  },
  fixed,
);

/** The name of an autoscaling configuration. */
export const requestDrivenCount = one(fixed);
