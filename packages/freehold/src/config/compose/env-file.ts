import { flag, oneOrMany } from "../fields.ts";
import * as z from "../zod.ts";

export interface EnvironmentFile {
  readonly path: string;
  readonly required: boolean;
  /** Values stand as they are written. */
  readonly isRaw: boolean;
}

const entry = z.union([
  z.string().transform((path): EnvironmentFile => ({ path, required: true, isRaw: false })),
  z
    .strictObject({
      path: z.string().describe("Path of the file, relative to the project."),
      required: flag.default(true).describe("False: the file may be missing."),
      format: z.enum(["raw"]).optional().describe("`raw`: values are taken as they stand."),
    })
    .transform(
      ({ path, required, format }): EnvironmentFile => ({ path, required, isRaw: format === "raw" }),
    ),
]);

/** https://docs.docker.com/reference/compose-file/services/#env_file */
export const envFileSchema = oneOrMany(entry);
