import type { Application } from "../app/application.ts";
import { type Place, UserError } from "../errors.ts";
import { type EnvironmentFile, envFileSchema } from "./compose/env-file.ts";
import { guessDisk } from "./disk.ts";
import { parseEnvironmentFile } from "./env-file.ts";
import { Findings } from "./findings.ts";
import { Library } from "./library.ts";
import { type ParseOptions, readDocument, shellVariables } from "./read-files.ts";
import { resolveApplication } from "./resolve/application.ts";
import type { SourceFile } from "./source.ts";
import { placeAt, type Section, sectionAt, toValue } from "./yaml/tree.ts";

/**
 * What the user means.
 *
 * @param files the Compose files, later ones laid over earlier ones; none where `options.foreign` stands in their place.
 * @throws UserError with every problem, each with its place.
 */
export function parseApplication(files: readonly SourceFile[], options: ParseOptions): Application {
  const findings = new Findings();
  const shell = shellVariables(options, findings);
  const library = new Library(options.namedFiles ?? []);
  const tree = readDocument(files, options, shell, library, findings);
  const environmentFiles = new Map(
    environmentFilesOf(tree).flatMap(({ path, isRaw }) => {
      const file = library.get(path);
      return file === undefined ? [] : [[path, parseEnvironmentFile(file, shell, findings, isRaw)] as const];
    }),
  );
  const { folder, disk = guessDisk } = options;
  const request = { tree, shell, folder, environmentFiles, disk };
  const application = resolveApplication(request, findings);
  findings.throwProblems();
  return application;
}

/**
 * Paths from the project's folder that the files name (`extends`, `include`, `env_file`) and that `options` does not hold yet, so
 * that the caller can read them: again and again, for a file that is read may name others.
 */
export function namedPaths(files: readonly SourceFile[], options: ParseOptions): readonly string[] {
  const findings = new Findings();
  const library = new Library(options.namedFiles ?? []);
  try {
    const tree = readDocument(files, options, shellVariables(options, findings), library, findings);
    for (const { path } of environmentFilesOf(tree)) library.get(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return library.missing;
}

/**
 * Where a setting is written, by its full name (`services.api.build.context`); of what is absent, the nearest thing around it.
 * The files are ones that `parseApplication` takes.
 */
export function placeOfSetting(name: string, files: readonly SourceFile[], options: ParseOptions): Place {
  const findings = new Findings();
  const library = new Library(options.namedFiles ?? []);
  const tree = readDocument(files, options, shellVariables(options, findings), library, findings);
  return placeAt(tree, name.split("."));
}

/** What cannot be read names none; that it cannot is told where it is read. */
function environmentFilesOf(tree: Section): readonly EnvironmentFile[] {
  const services = [...(sectionAt(tree, ["services"])?.entries.values() ?? [])];
  const files = services.flatMap(({ value }) => {
    const part = value.kind === "section" ? value.entries.get("env_file")?.value : undefined;
    const parsed = part === undefined ? undefined : envFileSchema.safeParse(toValue(part));
    return parsed?.success ? parsed.data : [];
  });
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
