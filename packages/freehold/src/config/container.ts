import { z } from "zod";
import { bytes, flag, processors, wholeNumber } from "./fields.ts";
import { later, notYet } from "./later.ts";
import { taskCommand } from "./shell-words.ts";
import { secretsSchema, variablesSchema } from "./variables.ts";

const task = z.union([z.array(z.string()), z.string()]).transform((value, context) => {
  const command = typeof value === "string" ? taskCommand(value) : value;
  if (command !== undefined && command.length > 0) return command;
  context.addIssue(command === undefined ? `\`${value}\` has a quote that is never closed` : "is empty");
  return z.NEVER;
});

/** What any container may be told under `x-freehold`: part of every type that is one. */
export const containerSettings = {
  release: task.optional().describe("Command run once per release on the new image, before traffic moves."),
  seed: task.optional().describe("Command run once per environment that is not production."),
  uses: z.array(z.string()).default([]).describe("Names of the resources and services it may reach."),
  secrets: secretsSchema
    .default([])
    .describe("Names of secret variables; set them with `freehold secrets set`."),
  variables: variablesSchema.default({}).describe("Variables on AWS; they win over `environment`."),
  cpus: processors
    .optional()
    .describe("Processors of a task on AWS, as `0.5`; they win over the Compose file's."),
  memory: bytes.optional().describe("Memory of a task on AWS, as `1g`; it wins over the Compose file's."),
  shared: flag
    .default(false)
    .describe(
      "True: several of its tasks may write to its volumes at once. Else it is one task, which a release stops before it starts the next.",
    ),
  spot: later("Runs on spare capacity."),
  alarms: later("Alarms of this service."),
  deploy: later("How a release replaces tasks."),
  verify: later("Checks after a release."),
  iam: notYet("Extra permissions.", "remove it"),
} as const;

/** How many tasks run, of what ECS keeps running. */
export const scaleSchema = z.strictObject({
  min: wholeNumber(0, 1000).optional().describe("Tasks at least; for now, how many run."),
  max: later("Tasks at most."),
  cpu: later("Percent of CPU to hold."),
  memory: later("Percent of memory to hold."),
  requests: later("Requests per task to hold."),
  backlog: later("Messages per task to hold."),
  cooldown: later("Seconds between two changes."),
  scale_in: later("False: never fewer tasks."),
  schedule: later("Other bounds at certain times."),
});
