import { duration, flag, text, wholeNumber } from "../fields.ts";
import * as z from "../zod.ts";

/** https://docs.docker.com/reference/compose-file/services/#healthcheck */
export const healthcheckSchema = z.strictObject({
  test: z
    .union([text, z.array(text)])
    .optional()
    .describe(
      "The container's own check; on AWS that of a private service, while the load balancer checks a web service.",
    ),
  interval: duration.optional().describe("Time between checks; 5 to 300 s on AWS."),
  timeout: duration.optional().describe("Time a check may take; 2 to 60 s on AWS."),
  retries: wholeNumber(0, 1000).optional().describe("Failures allowed; 1 to 10 on AWS."),
  start_period: duration.optional().describe("Time a new task may fail its checks, on AWS as well."),
  start_interval: duration.optional().describe("Time between checks at first, at home."),
  disable: flag.optional().describe("No check at home."),
});
