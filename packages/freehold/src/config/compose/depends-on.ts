import { flag } from "../fields.ts";
import * as z from "../zod.ts";

export interface Dependency {
  readonly name: string;
  readonly required: boolean;
  /** What is waited for is its end, not its start. */
  readonly isUntilDone: boolean;
}

const condition = z.strictObject({
  condition: z
    .enum(["service_started", "service_healthy", "service_completed_successfully"])
    .default("service_started")
    .describe(
      "What to wait for; a service on AWS is waited for until it is healthy, a job until it is done.",
    ),
  required: flag.default(true).describe("False: start even when the other is missing."),
  restart: flag.optional().describe("Means nothing on AWS."),
});

/** https://docs.docker.com/reference/compose-file/services/#depends_on */
export const dependsOnSchema = z.union([
  z
    .array(z.string())
    .transform((names) => names.map((name): Dependency => ({ name, required: true, isUntilDone: false }))),
  z.record(z.string(), condition.nullable()).transform((entries) =>
    Object.entries(entries).map(
      ([name, entry]): Dependency => ({
        name,
        required: entry?.required ?? true,
        isUntilDone: entry?.condition === "service_completed_successfully",
      }),
    ),
  ),
]);
