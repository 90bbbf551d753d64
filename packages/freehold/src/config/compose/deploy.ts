import { bytes, processors, wholeNumber } from "../fields.ts";
import * as z from "../zod.ts";

const amounts = {
  cpus: processors.optional().describe("Processors, e.g. `0.5`; raised to the next size Fargate has."),
  memory: bytes.optional().describe("Memory, e.g. `512m`; raised to the next size Fargate has."),
};

/** https://docs.docker.com/reference/compose-file/deploy/ */
export const deploySchema = z.strictObject({
  replicas: wholeNumber(0, 1000).optional().describe("How many tasks run."),
  resources: z
    .strictObject({
      limits: z
        .strictObject({ ...amounts, pids: z.unknown().optional().describe("Means nothing on Fargate.") })
        .optional()
        .describe("What a task may use at most: its size on Fargate."),
      reservations: z
        .strictObject({
          ...amounts,
          devices: z
            .never("Fargate has no devices of a host; remove `devices`")
            .optional()
            .describe("Refused."),
          generic_resources: z.unknown().optional().describe("Means nothing on Fargate."),
        })
        .optional()
        .describe("Taken as the size where no limit is given."),
    })
    .optional()
    .describe("Size of a task."),
});
