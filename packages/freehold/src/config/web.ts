import { healthCheck } from "../app/health.ts";
import { containerSettings, scaleSchema } from "./container.ts";
import { cdnSchema, edgeSchema } from "./edge.ts";
import { duration, wholeNumber } from "./fields.ts";
import { hostName } from "./host-name.ts";
import { later } from "./later.ts";
import { askedPath, urlPath } from "./paths.ts";
import * as z from "./zod.ts";

const seconds = (min: number, max: number) => {
  const bounds = `must be ${min} to ${max} seconds`;
  return duration.pipe(z.int().min(min, bounds).max(max, bounds));
};

const healthKeys = z.strictObject({
  path: askedPath
    .optional()
    .describe(
      "Path that is asked. It goes to the container as it is, so it includes the service's own `path` where the program expects it.",
    )
    .meta({ examples: ["/healthz"] }),
  codes: z
    .string()
    .regex(/^[2-4]\d\d(-[2-4]\d\d)?(,[2-4]\d\d)*$/, "must be codes such as `200`, `200-399` or `200,204`")
    .optional()
    .describe("Codes that mean well; `200-499` while no path is given.")
    .meta({ default: "200-399" }),
  interval: seconds(5, 300).optional().describe("Time between checks, 5 s to 5 min.").meta({ default: "5s" }),
  timeout: seconds(2, 120)
    .optional()
    .describe("Time a check may take, 2 s to 2 min.")
    .meta({ default: "4s" }),
  healthy: wholeNumber(2, 10)
    .optional()
    .describe("Good answers in a row until a task gets traffic.")
    .meta({ default: 2 }),
  unhealthy: wholeNumber(2, 10)
    .optional()
    .describe("Bad answers in a row until a task is replaced.")
    .meta({ default: 5 }),
  grace: seconds(0, 7200)
    .optional()
    .describe("Time a new task may fail its checks, at most 2 h.")
    .meta({ default: "60s" }),
});

/** The load balancer takes no check that may last until the next (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html). */
const health = healthKeys.superRefine((given, context) => {
  const { interval, timeout } = healthCheck({
    ...(given.interval === undefined ? {} : { interval: given.interval }),
    ...(given.timeout === undefined ? {} : { timeout: given.timeout }),
  });
  if (timeout < interval) return;
  const path = [given.timeout === undefined ? "interval" : "timeout"];
  const message = `must leave a check time to end before the next: the timeout of ${timeout} s is not below the interval of ${interval} s`;
  context.addIssue({ code: "custom", path, message });
});

/** `x-freehold` of a container with an HTTP port that the internet may reach. */
export const webSchema = z.strictObject({
  type: z.literal("web").optional().describe("A container with an HTTP port that the internet may reach."),
  path: urlPath
    .default("/")
    .describe(
      "Part of the site it answers, with everything below. Requests arrive with the whole path: nothing is cut off.",
    )
    .meta({ title: "path", examples: ["/api"] }),
  port: wholeNumber(1, 65535)
    .optional()
    .describe("The container's port. Written where `ports` has several, or none.")
    .meta({ examples: [8080] }),
  health: z
    .union([askedPath.transform((path) => health.parse({ path })), health])
    .optional()
    .describe(
      "The load balancer's check: a path, or the keys below. Without it `/` is asked, and every answer below 500 is well.",
    )
    .meta({ title: "path or section", examples: ["/healthz"] }),
  scale: scaleSchema.optional().describe("How many tasks run."),
  ...containerSettings,
  domain: later("A host name of its own.", hostName),
  cdn: later("Caching at the edge.", cdnSchema),
  edge: later("A function at the edge.", edgeSchema),
});

export type WebSettings = z.output<typeof webSchema>;
