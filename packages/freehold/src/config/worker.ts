import { containerSettings, scaleSchema } from "./container.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a container without a port. */
export const workerSchema = z.strictObject({
  type: z.literal("worker").optional().describe("A container without a port."),
  scale: scaleSchema.optional().describe("How many tasks run."),
  ...containerSettings,
});

export type WorkerSettings = z.output<typeof workerSchema>;
