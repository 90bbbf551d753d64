import { assignments, text } from "../fields.ts";
import * as z from "../zod.ts";

const long = z.strictObject({
  context: z.string().default(".").describe("Folder sent to the build, relative to the project."),
  dockerfile: z
    .string()
    .optional()
    .describe("Path of the Dockerfile, relative to the context; `Dockerfile` where left out."),
  dockerfile_inline: z
    .string()
    .min(1)
    .optional()
    .describe("What would stand in the Dockerfile, in its place."),
  target: text.optional().describe("Stage to build."),
  args: assignments.default({}).describe("Build arguments; they end up in the image, so never a secret."),
});

/** https://docs.docker.com/reference/compose-file/build/ */
export const buildSchema = z.union([z.string().transform((context) => long.parse({ context })), long]);

export type BuildSection = z.output<typeof buildSchema>;
