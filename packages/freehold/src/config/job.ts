import { containerSettings } from "./container.ts";
import * as z from "./zod.ts";

/** `x-freehold` of a container run when asked. */
export const jobSchema = z.strictObject({
  type: z
    .literal("job")
    .optional()
    .describe(
      "A container run by `freehold run`, and once per release where a service waits for its success (`depends_on`).",
    ),
  ...containerSettings,
});
