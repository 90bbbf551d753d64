import { containerSettings } from "./container.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a container run on a schedule. */
export const cronSchema = z.strictObject({
  type: z.literal("cron").optional().describe("A container run on a schedule."),
  schedule: z
    .string()
    .describe(
      "When, as Unix cron writes it: minute, hour, day of month, month, weekday (0 or 7 is Sunday). Also `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.",
    )
    .meta({ title: "cron expression", examples: ["0 2 * * *"] }),
  timezone: z
    .string()
    .refine(isTimezone, "is no time zone; write one such as `Europe/Berlin`")
    .default("UTC")
    .describe("Time zone of the schedule, by its name in the IANA database; summer time is followed.")
    .meta({ examples: ["Europe/Berlin"] }),
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
