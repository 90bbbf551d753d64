import { z } from "zod";
import { duration, flag, text, wholeNumber } from "../fields.ts";

/** https://docs.docker.com/reference/compose-file/services/#healthcheck */
export const healthcheckSchema = z.strictObject({
  test: z
    .union([text, z.array(text)])
    .optional()
    .describe("The container's own check; on AWS the load balancer checks."),
  interval: duration.optional().describe("Time between checks at home."),
  timeout: duration.optional().describe("Time a check may take at home."),
  retries: wholeNumber(0, 1000).optional().describe("Failures allowed at home."),
  start_period: duration.optional().describe("Time a new task may fail its checks, on AWS as well."),
  start_interval: duration.optional().describe("Time between checks at first, at home."),
  disable: flag.optional().describe("No check at home."),
});
