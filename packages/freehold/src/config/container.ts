import { translateCron } from "../app/cron.ts";
import { deploymentSchema } from "./deployment.ts";
import { bytes, duration, flag, processors, wholeNumber } from "./fields.ts";
import { later, notYet } from "./later.ts";
import { urlPath } from "./paths.ts";
import { serviceAlarmsSchema } from "./service-alarms.ts";
import { taskCommand } from "./shell-words.ts";
import { secretsSchema, variablesSchema } from "./variables.ts";
import * as z from "./zod.ts";

const task = z.union([z.array(z.string()), z.string()]).transform((value, context) => {
  const command = typeof value === "string" ? taskCommand(value) : value;
  if (command !== undefined && command.length > 0) return command;
  context.addIssue(command === undefined ? `\`${value}\` has a quote that is never closed` : "is empty");
  return z.NEVER;
});

/** What any container may be told under `x-freehold`: part of every type that is one. */
export const containerSettings = {
  release: task
    .optional()
    .describe(
      "Command run once per release on the new image, before traffic moves; migrations. Its failure ends the release.",
    )
    .meta({ title: "command", examples: ["python manage.py migrate"] }),
  seed: task
    .optional()
    .describe("Command run once, in the first release of an environment that is not production; first data.")
    .meta({ title: "command", examples: ["python manage.py loaddata demo"] }),
  uses: z
    .array(z.string())
    .default([])
    .describe(
      "Names of the resources and services it may reach, and gets the variables of; those it names in a variable or in `depends_on` need not stand here.",
    )
    .meta({ examples: [["uploads", "jobs"]] }),
  secrets: secretsSchema
    .default([])
    .describe("Names of secret variables; set each with `freehold secrets set`.")
    .meta({ examples: [["STRIPE_KEY"]] }),
  variables: variablesSchema
    .default({})
    .describe("Variables on AWS; they win over `environment`.")
    .meta({ examples: [{ LOG_LEVEL: "info", PGURL: { alias: "DATABASE_URL" } }] }),
  cpus: processors
    .optional()
    .describe(
      "Processors of a task on AWS; they win over the Compose file's `cpus` and `deploy`. Raised to a size that Fargate has.",
    )
    .meta({ default: "0.25" }),
  memory: bytes
    .optional()
    .describe(
      "Memory of a task on AWS; it wins over the Compose file's `mem_limit` and `deploy`. Raised to a size that Fargate has.",
    )
    .meta({ default: "512m" }),
  shared: flag
    .default(false)
    .describe(
      "Whether several of its tasks may write to its volumes at once. Where not, a service that writes to a volume is one task, which a release stops before it starts the next.",
    ),
  spot: later("Whether it runs on Fargate Spot, which is cheaper and may be taken away.", flag),
  alarms: later("What raises an alarm.", serviceAlarmsSchema),
  deploy: later("How a release replaces tasks.", deploymentSchema),
  verify: later("Paths that must answer after a release.", z.array(urlPath).min(1)),
  iam: notYet("Extra permissions.", "remove it"),
} as const;

const boundsAt = z.strictObject({
  at: z
    .string()
    .refine((cron) => translateCron(cron).kind === "schedule", "must be a schedule that EventBridge can say")
    .describe("When they begin to hold, as Unix's cron writes it."),
  min: wholeNumber(0, 1000).describe("Tasks at least."),
  max: wholeNumber(1, 1000).describe("Tasks at most."),
  timezone: z.string().optional().describe("Time zone of `at`; UTC where nothing is said."),
});

/** How many tasks run, of what ECS keeps running. */
const scaleKeys = z.strictObject({
  min: wholeNumber(0, 1000)
    .optional()
    .describe("Tasks at least; for now, how many run. It wins over `scale` and `deploy.replicas` of Compose.")
    .meta({ default: 1, examples: [2] }),
  max: later("Tasks at most.", wholeNumber(1, 1000)),
  cpu: later("Percent of CPU to hold.", wholeNumber(1, 100)),
  memory: later("Percent of memory to hold.", wholeNumber(1, 100)),
  requests: later("Requests per task and minute to hold.", wholeNumber(1, 1_000_000)),
  backlog: later("Messages per task to hold.", wholeNumber(1, 1_000_000)),
  cooldown: later("Time between two changes.", duration),
  scale_in: later("Whether tasks are taken away again.", flag),
  schedule: later("Other bounds at certain times.", z.array(boundsAt).min(1)),
});

export const scaleSchema = scaleKeys.superRefine(({ min, max }, context) => {
  if (min === undefined || max === undefined || min <= max) return;
  const message = `must not be below \`min\`, which is ${min}`;
  context.addIssue({ code: "custom", path: ["max"], message, input: max });
});
