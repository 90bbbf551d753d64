import { flag } from "./fields.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a volume: of an entry of the file's `volumes`, or of `resources`. */
export const volumeSchema = z.strictObject({
  type: z
    .literal("volume")
    .optional()
    .describe("Files that stay when a task goes: EFS, encrypted, one file system for each volume."),
  backups: flag
    .optional()
    .describe("Whether AWS Backup makes a backup each day, kept for 35 days. On, but in previews."),
  throughput: z
    .enum(["elastic", "bursting"])
    .default("elastic")
    .describe(
      "`elastic` is as fast as it must be and costs by what is read and written; `bursting` costs nothing and grows with what is stored.",
    ),
});
