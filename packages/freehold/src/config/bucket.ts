import { z } from "zod";
import { later } from "./later.ts";

/** `x-freehold` of a bucket for files. */
export const bucketSchema = z.strictObject({
  type: z.literal("bucket").optional().describe("A bucket for files: S3, private and encrypted."),
  cors: later("Which web pages may call it."),
  lifecycle: later("When objects are removed."),
});
