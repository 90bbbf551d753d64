import { parseEnvironmentFile } from "./env-file.ts";
import type { Findings } from "./findings.ts";
import type { SourceFile } from "./source.ts";
import { interpolateTree, type Variables } from "./yaml/interpolate.ts";
import { mergeFiles } from "./yaml/merge.ts";
import { readYaml } from "./yaml/read-yaml.ts";
import { type Section, section } from "./yaml/tree.ts";

export interface ParseOptions {
  /** Name of the project folder: the application's name where the file has none. */
  readonly folder: string;
  /** The shell's variables; they win over `.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The `.env` file beside the Compose file, where there is one. */
  readonly interpolationFile?: SourceFile;
  /** Files named by `env_file`, as far as they exist; `path` as the Compose file writes it. */
  readonly environmentFiles?: readonly SourceFile[];
}

/** The shell's variables with those of `.env` below. */
export function shellVariables(
  { variables, interpolationFile }: ParseOptions,
  findings: Findings,
): Variables {
  const shell = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) shell.set(name, value);
  if (interpolationFile === undefined) return shell;
  return new Map([...parseEnvironmentFile(interpolationFile, shell, findings), ...shell]);
}

/** Variables of each `env_file` by its path. */
export function readEnvironmentFiles(options: ParseOptions, shell: Variables, findings: Findings) {
  const files = options.environmentFiles ?? [];
  return new Map(files.map((file) => [file.path, parseEnvironmentFile(file, shell, findings)] as const));
}

/** The Compose files as one, with variables filled in; nothing further makes sense after a problem, so it is thrown. */
export function readFiles(files: readonly SourceFile[], shell: Variables, findings: Findings): Section {
  const [first, ...rest] = files.flatMap((file) => readYaml(file, findings) ?? []);
  findings.throwProblems();
  const empty = section([], { file: files[0]?.path ?? "", line: 1, column: 1 });
  const tree = interpolateTree(rest.reduce(mergeFiles, first ?? empty), shell, findings);
  findings.throwProblems();
  return tree;
}
