import { containerSettings, scaleSchema } from "./container.ts";
import { wholeNumber } from "./fields.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a container with a port that only the application's other services reach. */
export const privateSchema = z.strictObject({
  type: z
    .literal("private")
    .optional()
    .describe("A container with a port that only the application's other services reach."),
  port: wholeNumber(1, 65535)
    .optional()
    .describe("The container's port. Written where `expose` has several, or none.")
    .meta({ examples: [9000] }),
  scale: scaleSchema.optional().describe("How many tasks run."),
  ...containerSettings,
});
