import { text } from "../fields.ts";
import * as z from "../zod.ts";

/** An entry of a service's `secrets` or `configs`: which one, and where the container finds it. */
export interface GivenFile {
  readonly source: string;
  /** A path, or a name below the usual folder; the name of the source where left out. */
  readonly target?: string | undefined;
  readonly uid?: string | undefined;
  readonly gid?: string | undefined;
  readonly mode?: number | undefined;
}

/** YAML's bare numbers are decimal, which nobody means: `440` would be 0670. */
const mode = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    if (typeof value === "string" && /^(0o?)?[0-7]{3}$/.test(value))
      return Number.parseInt(value.replace("o", ""), 8);
    context.addIssue(`\`${value}\` is no mode of a file; write it in octal with a zero before, as \`0440\``);
    return z.NEVER;
  })
  .meta({ title: "mode, as `0440`" });

const identifier = text
  .refine((value) => /^\d{1,10}$/.test(value), "must be a number: the image alone knows its users' names")
  .meta({ title: "number" });

/**
 * Short (`- name`) and long form: https://docs.docker.com/reference/compose-file/services/#secrets, …/services/#configs.
 */
export const givenFilesSchema = z.array(
  z.union([
    z.string().transform((source): GivenFile => ({ source })),
    z.strictObject({
      source: z.string().describe("Which of the file's own."),
      target: z.string().min(1).optional().describe("Path in the container, or a name in the usual folder."),
      uid: identifier.optional().describe("User who owns the file."),
      gid: identifier.optional().describe("Group that owns the file."),
      mode: mode.optional().describe("Who may do what, in octal; `0444` where left out."),
    }),
  ]),
);

/** Where the container finds it: what is no path is a name in the folder. */
export function pathOf({ source, target = source }: GivenFile, folder: string): string {
  return target.startsWith("/") ? target : `${folder}/${target}`;
}
