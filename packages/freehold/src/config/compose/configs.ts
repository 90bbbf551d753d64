import { text } from "../fields.ts";
import * as z from "../zod.ts";

/** An entry of the file's own `configs` (https://docs.docker.com/reference/compose-file/configs/). */
export const namedConfigSchema = z.strictObject({
  file: text.optional().describe("File of the project; it is carried as it is when a release is built."),
  content: text.optional().describe("What stands in it."),
  environment: text.optional().describe("Variable of the shell or `.env` whose value stands in it."),
  name: text
    .optional()
    .describe("Means nothing on AWS, where a config belongs to the containers that carry it."),
});
