import { z } from "zod";
import { containerSettings } from "./container.ts";

/** `x-freehold` of a container run on a schedule. */
export const cronSchema = z.strictObject({
  type: z.literal("cron").optional().describe("A container run on a schedule."),
  schedule: z.string().describe("When, as Unix cron writes it: minute, hour, day of month, month, weekday."),
  timezone: z
    .string()
    .refine(isTimezone, "is no time zone; write one such as `Europe/Berlin`")
    .default("UTC")
    .describe("Time zone of the schedule."),
  ...containerSettings,
});

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
