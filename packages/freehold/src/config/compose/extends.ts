import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import { read } from "../validate.ts";
import { mergeFiles } from "../yaml/merge.ts";
import { type Section, sectionAt } from "../yaml/tree.ts";
import * as z from "../zod.ts";

/** https://docs.docker.com/reference/compose-file/services/#extends */
export const extendsSchema = z.union([
  z.string().transform((service): Extends => ({ service })),
  z.strictObject({
    service: z.string().describe("The service whose keys are taken."),
    file: z.string().optional().describe("The file that has it; this one where left out."),
  }),
]);

interface Extends {
  readonly service: string;
  readonly file?: string | undefined;
}

/** A file with its paths told from the project's folder. */
export interface ComposeFile {
  readonly path: string;
  readonly tree: Section;
}

/** Gives a file by its path from the project's folder; undefined when there is none. */
export type LoadFile = (path: string) => ComposeFile | undefined;

/** Lays every service of a file over the one it extends. */
export function extendServices(file: ComposeFile, load: LoadFile, findings: Findings): Section {
  const services = sectionAt(file.tree, ["services"]);
  if (services === undefined) return file.tree;
  const entries = new Map(
    [...services.entries].map(([name, entry]) => [
      name,
      { ...entry, value: extended({ file, name }, [], load, findings) ?? entry.value },
    ]),
  );
  const all = file.tree.entries.get("services");
  if (all === undefined) return file.tree;
  const joined = { ...all, value: { ...services, entries } };
  return { ...file.tree, entries: new Map([...file.tree.entries, ["services", joined]]) };
}

interface Named {
  readonly file: ComposeFile;
  readonly name: string;
}

/** A person's chain has two or three. */
const longestChain = 16;

/** Undefined when the service is no section: that is told where it is read. */
function extended(
  named: Named,
  trail: readonly Named[],
  load: LoadFile,
  findings: Findings,
): Section | undefined {
  const own = sectionAt(named.file.tree, ["services", named.name]);
  const part = own?.entries.get("extends");
  if (own === undefined || part === undefined) return own;
  const { extends: _, ...rest } = Object.fromEntries(own.entries);
  const alone: Section = { ...own, entries: new Map(Object.entries(rest)) };
  const subject = `services.${named.name}.extends`;
  const reference = read(extendsSchema, part.value, subject, findings)?.value;
  if (reference === undefined) return alone;
  const report = (message: string, hint?: string) => {
    const told = hint === undefined ? {} : { hint };
    findings.problem({ code: "extends", subject, message, ...told, place: part.place });
    return alone;
  };
  const file = reference.file === undefined ? named.file : load(reference.file);
  if (file === undefined)
    return report(`names \`${reference.file}\`, which is missing`, "create it, or correct the path");
  const base = { file, name: reference.service };
  const seen = [...trail, named];
  if (seen.length > longestChain) return report(`goes through more than ${longestChain} services`);
  if (seen.some((one) => isSame(one, base)))
    return report(
      `goes round: ${[...seen, base].map(({ name }) => `\`${name}\``).join(" → ")}`,
      "remove `extends` from one of them",
    );
  const below = extended(base, seen, load, findings);
  if (below === undefined) {
    const known = [...(sectionAt(file.tree, ["services"])?.entries.keys() ?? [])];
    return report(`names \`${base.name}\`, which is no service of ${file.path}`, hintFor(base.name, known));
  }
  return mergeFiles(below, alone);
}

function isSame(a: Named, b: Named): boolean {
  return a.name === b.name && a.file.path === b.file.path;
}
