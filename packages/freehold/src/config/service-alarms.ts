import { duration, wholeNumber } from "./fields.ts";
import * as z from "./zod.ts";

const percent = wholeNumber(1, 100);

/** `alarms` of a service: what is too much. */
export const serviceAlarmsSchema = z.strictObject({
  errors: percent.optional().describe("Percent of answers that are errors of the service (5xx)."),
  latency: duration.optional().describe("Time that 95 of 100 answers take less than."),
  cpu: percent.optional().describe("Percent of CPU."),
  memory: percent.optional().describe("Percent of memory."),
  queue_age: duration.optional().describe("Age of the oldest message in a queue that it uses."),
});
