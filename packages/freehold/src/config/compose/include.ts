import { oneOrMany } from "../fields.ts";
import type { Findings } from "../findings.ts";
import { read } from "../validate.ts";
import { mergeFiles } from "../yaml/merge.ts";
import { placeAt, type Section, sectionAt } from "../yaml/tree.ts";
import * as z from "../zod.ts";

export interface Include {
  /** Laid over one another. */
  readonly path: readonly string[];
  /** What their relative paths start from; the first file's folder where left out. */
  readonly project_directory?: string | undefined;
  /** Variables for these files; `.env` of the project directory where left out. */
  readonly env_file?: readonly string[] | undefined;
}

const entry = z.union([
  z.string().transform((path): Include => ({ path: [path] })),
  z.strictObject({
    path: oneOrMany(z.string()),
    project_directory: z.string().optional(),
    env_file: oneOrMany(z.string()).optional(),
  }),
]);

/** https://docs.docker.com/reference/compose-file/include/ */
const includeSchema = z.array(entry);

/** What a file includes, as it is written. */
export function includesOf(tree: Section, findings: Findings): readonly Include[] {
  const part = tree.entries.get("include");
  if (part === undefined) return [];
  return read(includeSchema, part.value, "include", findings)?.value ?? [];
}

/** Puts an included application under a file: Compose allows no service twice. */
export function joinIncluded(own: Section, included: Section, findings: Findings): Section {
  for (const name of sectionAt(included, ["services"])?.entries.keys() ?? []) {
    if (sectionAt(own, ["services"])?.entries.has(name) !== true) continue;
    const message = "is in an included file as well; extend it under another name, or take one of them out";
    const place = placeAt(own, ["services", name]);
    findings.problem({ code: "include", subject: `services.${name}`, message, place });
  }
  const { name: _, ...rest } = Object.fromEntries(included.entries);
  return mergeFiles({ ...included, entries: new Map(Object.entries(rest)) }, own);
}

export function withoutIncludes(tree: Section): Section {
  const { include: _, ...rest } = Object.fromEntries(tree.entries);
  return { ...tree, entries: new Map(Object.entries(rest)) };
}
