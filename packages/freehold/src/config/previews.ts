import { flag, period } from "./fields.ts";
import * as z from "./zod.ts";

/** `previews` of a collection: an environment for each pull request. */
export const previewsSchema = z.strictObject({
  pull_requests: flag.optional().describe("Whether each pull request gets one."),
  database: z
    .enum(["shared", "own"])
    .optional()
    .describe("`shared`: a database each, on one small server for all of them."),
  pause_after: period.optional().describe("Time without a request until it is paused."),
  expire_after: period.optional().describe("Time without a push until it is removed."),
});
