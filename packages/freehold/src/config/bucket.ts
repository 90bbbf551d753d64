import { duration, period } from "./fields.ts";
import { later } from "./later.ts";
import * as z from "./zod.ts";

const corsRule = z.strictObject({
  allowed_origins: z.array(z.string()).min(1).describe("Pages, as `https://shop.example`; `*` for all."),
  allowed_methods: z
    .array(z.enum(["GET", "PUT", "POST", "DELETE", "HEAD"]))
    .min(1)
    .describe("What they may do."),
  allowed_headers: z.array(z.string()).optional().describe("Headers they may send."),
  expose_headers: z.array(z.string()).optional().describe("Headers they may read."),
  max_age: duration.optional().describe("Time a browser remembers the answer."),
});

const lifecycleRule = z.strictObject({
  prefix: z.string().optional().describe("What the names of the objects begin with; all where left out."),
  expire_after: period.describe("Age at which they go."),
});

/** `x-freehold` of a bucket for files. */
export const bucketSchema = z.strictObject({
  type: z.literal("bucket").optional().describe("A bucket for files: S3, private and encrypted."),
  cors: later("Which web pages may call it: rules as S3 has them.", z.array(corsRule).min(1)),
  lifecycle: later("When objects are removed.", z.array(lifecycleRule).min(1)),
});
