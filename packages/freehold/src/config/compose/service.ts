import { assignments, bytes, duration, processors, text, wholeNumber, words } from "../fields.ts";
import * as z from "../zod.ts";
import { buildSchema } from "./build.ts";
import { dependsOnSchema } from "./depends-on.ts";
import { deploySchema } from "./deploy.ts";
import { envFileSchema } from "./env-file.ts";
import { extendsSchema } from "./extends.ts";
import { givenFilesSchema } from "./given-files.ts";
import { healthcheckSchema } from "./healthcheck.ts";
import { exposeSchema, portsSchema } from "./ports.ts";
import { sandboxKeys } from "./sandbox.ts";
import { signal } from "./signal.ts";
import { volumesSchema } from "./volumes.ts";

/** The honoured keys of a Compose service (https://docs.docker.com/reference/compose-file/services/). */
export const serviceSchema = z.strictObject({
  build: buildSchema.optional().describe("How the image is built."),
  image: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Image to run. Those of databases, caches and the like become what AWS runs; with `build` it is only a name.",
    ),
  command: words.optional().describe("Replaces the image's command."),
  entrypoint: words.optional().describe("Replaces the image's entrypoint."),
  environment: assignments
    .optional()
    .describe(
      "Variables of the container; those that lead to a database, a cache and the like get the real values on AWS.",
    ),
  env_file: envFileSchema.optional().describe("Files with variables; `environment` wins over them."),
  extends: extendsSchema
    .optional()
    .describe("Another service whose keys are taken, of this file or another."),
  ports: portsSchema
    .optional()
    .describe("Published ports: the service answers the internet through the load balancer."),
  expose: exposeSchema
    .optional()
    .describe("Ports for other services only: without `ports`, the service is `private`."),
  depends_on: dependsOnSchema
    .optional()
    .describe(
      "What must be up first, and may be reached. A job with `service_completed_successfully` runs once per release.",
    )
    .meta({ title: "list of names, or by name: section" }),
  links: z
    .array(z.string())
    .optional()
    .describe("`db` or `db:database`: another name for a service, followed in addresses, and a dependence."),
  deploy: deploySchema.optional().describe("Size and number of tasks."),
  cpus: processors.optional().describe("Processors of a task, e.g. `0.5`."),
  mem_limit: bytes.optional().describe("Memory of a task, e.g. `512m`."),
  mem_reservation: bytes.optional().describe("Taken as the memory where no limit is given."),
  scale: wholeNumber(0, 1000).optional().describe("How many tasks run; `deploy.replicas` wins."),
  healthcheck: healthcheckSchema
    .optional()
    .describe(
      "The container's own check: of a private service on AWS as well. The load balancer's is `x-freehold.health`.",
    ),
  volumes: volumesSchema
    .optional()
    .describe(
      "Mounts. A named volume stays, on EFS; source code at home is left out; those of databases and caches are not needed on AWS.",
    )
    .meta({ title: "list of mounts, in short or as sections" }),
  configs: givenFilesSchema
    .optional()
    .describe("Configs of the file that lie over the image, at `/<name>` where no `target` is said."),
  user: text.optional().describe("User the process runs as."),
  working_dir: z.string().optional().describe("Folder the process starts in."),
  stop_grace_period: duration
    .optional()
    .describe(
      "Time between SIGTERM and SIGKILL: 10 s, at most 120 s on Fargate. Requests have as long to end before, 15 s at least.",
    ),
  stop_signal: signal
    .optional()
    .describe("What asks the process to end, in place of what the image says; SIGTERM where nobody says."),
  platform: z.string().optional().describe("`linux/amd64` (default) or `linux/arm64` (Graviton)."),
  profiles: z
    .array(z.string())
    .optional()
    .describe("A service with a profile is a job: it runs when `freehold run` asks for it."),
  restart: z
    .string()
    .optional()
    .describe(
      '`"no"` with a command makes a job, which runs when asked. Otherwise it means nothing: ECS replaces what stops.',
    ),
  secrets: givenFilesSchema
    .optional()
    .describe("Secrets of the file that the container finds in files below /run/secrets."),
  ...sandboxKeys,
  network_mode: z
    .string()
    .refine((mode) => mode !== "host", "Fargate has no network of a host; remove `network_mode: host`")
    .optional()
    .describe("Means nothing on Fargate; `host` is refused."),
});

export type ComposeService = z.output<typeof serviceSchema>;
