import { wholeNumber } from "./fields.ts";
import * as z from "./zod.ts";

const email = z.email("must be an e-mail address");

/** `alarms` of a collection: who is told. */
export const alarmsSchema = z.strictObject({ email: email.describe("Address that is written to.") });

/** `budget` of a collection. */
export const budgetSchema = z.strictObject({
  monthly: wholeNumber(1, 10_000_000).describe("US dollars."),
  notify: email.optional().describe("Address that is written to before it is used up."),
});
