import type { Findings } from "../../findings.ts";
import { type Entry, partAt, type Section } from "../../yaml/tree.ts";
import { commandRule } from "../command.ts";
import { type Part, part, placed } from "../document.ts";
import {
  inside,
  itemsOf,
  mapped,
  mapping,
  naming,
  noted,
  nothing,
  type Rule,
  type Rules,
  sectionOf,
  type Turned,
  textOf,
  together,
  turned,
  type Written,
  walk,
  wrong,
} from "../rules.ts";
import type { ServiceContext } from "./context.ts";

/** Small letters, digits and hyphens: `default queue` becomes `default-queue`. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** The service of ours that a worker or a scheduled task becomes. */
export function taskName(service: string, name: string): string {
  return `${service}-${slug(name)}`;
}

const sizes: Rules<ServiceContext> = {
  cpu: mapped(["deploy", "resources", "limits", "cpus"]),
  cpus: mapped(["deploy", "resources", "limits", "cpus"]),
  memory: mapped(["deploy", "resources", "limits", "memory"]),
};

const task: Rules<ServiceContext> = {
  name: naming("a service of its own, with the image of this one"),
  command: commandRule(["command"]),
  system: inside(sizes),
};

const workerRules: Rules<ServiceContext> = {
  ...task,
  replicas: mapped(["deploy", "replicas"]),
  extended_duration: noted("a worker runs until it is replaced"),
};

const taskRules: Rules<ServiceContext> = { ...task, schedule: turned(schedule) };

/** Both tools hand weekdays on to AWS, which counts from 1 for Sunday. */
function schedule(written: Written, { at }: ServiceContext): Turned {
  const weekday = (textOf(written.entry.value) ?? "").trim().split(/\s+/)[4] ?? "";
  const message = /\d/.test(weekday)
    ? "weekdays count as Unix cron does, 0 or 7 for Sunday; AWS took 1 for Sunday"
    : "";
  return mapping(written, [...at, "x-freehold", "schedule"], written.entry, message);
}

/** `workers`: containers without a port, of the service's image. */
export const workers: Rule<ServiceContext> = turned((written, context, findings) =>
  tasks(written, "worker", workerRules, context, findings),
);

/** `scheduled_tasks`: the same, on a schedule. */
export const scheduledTasks: Rule<ServiceContext> = turned((written, context, findings) =>
  tasks(written, "cron", taskRules, context, findings),
);

function tasks(
  written: Written,
  type: "worker" | "cron",
  rules: Rules<ServiceContext>,
  context: ServiceContext,
  findings: Findings,
): Turned {
  return together(
    itemsOf(written, findings).map((item) => {
      const tree = sectionOf(item, findings);
      const name = textOf(partAt(tree, ["name"]));
      if (tree === undefined) return nothing;
      if (name === undefined || slug(name) === "") return wrong(item, { message: "has no name" }, findings);
      if (context.taken.has(taskName(context.service, name))) {
        const message = `would become \`${taskName(context.service, name)}\`, as another service is called`;
        return wrong(item, { message, hint: "give it another name" }, findings);
      }
      const at = ["services", taskName(context.service, name)];
      const own = walk(tree, rules, item.key, { ...context, at }, findings);
      return { rows: own.rows, parts: [...inherited(type, item.entry, { ...context, at }), ...own.parts] };
    }),
  );
}

function inherited(
  type: "worker" | "cron",
  { place }: Entry,
  { at, shared, uses }: ServiceContext,
): readonly Part[] {
  const own = [...shared].map(([key, entry]) =>
    part([...at, key], key === "deploy" ? withoutReplicas(entry) : entry),
  );
  return [
    ...own,
    part([...at, "x-freehold"], placed({ type, uses: uses.length > 0 ? uses : undefined }, place)),
  ];
}

/** How many of the service run says nothing of its workers. */
function withoutReplicas(deploy: Entry): Entry {
  if (deploy.value.kind !== "section") return deploy;
  const entries = new Map([...deploy.value.entries].filter(([key]) => key !== "replicas"));
  const value: Section = { ...deploy.value, entries };
  return { ...deploy, value };
}
