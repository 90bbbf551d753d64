import { period } from "./fields.ts";
import * as z from "./zod.ts";

/** `cdn` of a web service or a site: what CloudFront keeps. */
export const cdnSchema = z.strictObject({
  cache: period.describe("Time that an answer without a word of its own about it is kept."),
});

/** `edge` of a web service or a site. */
export const edgeSchema = z
  .enum(["lambda"])
  .describe("`lambda`: a function of your own, run where the request comes in.");
