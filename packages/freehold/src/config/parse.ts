import type { Application } from "../app/application.ts";
import { envFileSchema } from "./compose/env-file.ts";
import { Findings } from "./findings.ts";
import { type ParseOptions, readEnvironmentFiles, readFiles, shellVariables } from "./read-files.ts";
import { resolveApplication } from "./resolve/application.ts";
import type { SourceFile } from "./source.ts";
import { sectionAt, toValue } from "./yaml/tree.ts";

/**
 * What the user means.
 *
 * @param files the Compose files, later ones laid over earlier ones; at least one.
 * @throws UserError with every problem, each with its place.
 */
export function parseApplication(files: readonly SourceFile[], options: ParseOptions): Application {
  const findings = new Findings();
  const shell = shellVariables(options, findings);
  const tree = readFiles(files, shell, findings);
  const environmentFiles = readEnvironmentFiles(options, shell, findings);
  const request = { tree, shell, folder: options.folder, environmentFiles };
  const application = resolveApplication(request, findings);
  findings.throwProblems();
  return application;
}

/** Paths that `env_file` names, as written, so that the caller can read them. What cannot be read names none. */
export function environmentFilePaths(files: readonly SourceFile[], options: ParseOptions): readonly string[] {
  const findings = new Findings();
  const tree = readFiles(files, shellVariables(options, findings), findings);
  const services = [...(sectionAt(tree, ["services"])?.entries.values() ?? [])];
  const paths = services.flatMap(({ value }) => {
    const part = value.kind === "section" ? value.entries.get("env_file")?.value : undefined;
    const parsed = part === undefined ? undefined : envFileSchema.safeParse(toValue(part));
    return parsed?.success ? parsed.data.map(({ path }) => path) : [];
  });
  return [...new Set(paths)].sort();
}
