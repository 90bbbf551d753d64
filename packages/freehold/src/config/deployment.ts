import { duration } from "./fields.ts";
import * as z from "./zod.ts";

/** `deploy` of an environment or a service: how a release replaces tasks. */
export const deploymentSchema = z.strictObject({
  strategy: z
    .enum(["rolling", "blue-green", "canary", "linear"])
    .optional()
    .describe("`rolling`: task by task; the others move traffic to a second set of tasks."),
  bake: duration.optional().describe("Time the old tasks stay when the traffic has moved."),
  alarms: z.array(z.string()).optional().describe("Names of CloudWatch alarms that turn a release back."),
});
