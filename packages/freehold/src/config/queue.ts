import type { Queue } from "../app/application.ts";
import { duration, flag, wholeNumber } from "./fields.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a queue. */
export const queueSchema = z.strictObject({
  type: z.literal("queue").optional().describe("A queue of messages: SQS, with a dead-letter queue."),
  fifo: flag
    .default(false)
    .describe("Whether messages keep their order and come once; cannot be changed later."),
  visibility_timeout: duration
    .pipe(z.int().min(0).max(43_200))
    .default(30)
    .describe("Time a message is hidden from others while one works on it."),
  retention_days: wholeNumber(1, 14).default(4).describe("Days a message waits at most."),
  max_receives: wholeNumber(1, 1000)
    .default(5)
    .describe("Tries until a message goes to the dead-letter queue."),
});

export function queueFrom(settings: z.output<typeof queueSchema>) {
  return {
    type: "queue",
    fifo: settings.fifo,
    visibilityTimeout: settings.visibility_timeout,
    retentionDays: settings.retention_days,
    maxReceives: settings.max_receives,
  } satisfies Partial<Queue>;
}
