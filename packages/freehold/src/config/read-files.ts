import { adapt, type ForeignSources } from "./adapters/adapt.ts";
import { type ComposeFile, extendServices } from "./compose/extends.ts";
import { type Include, includesOf, joinIncluded, withoutIncludes } from "./compose/include.ts";
import { below, rebaseServices } from "./compose/rebase.ts";
import type { Disk } from "./disk.ts";
import { parseEnvironmentFile } from "./env-file.ts";
import type { Findings } from "./findings.ts";
import type { Library } from "./library.ts";
import { interpolationFileName, type SourceFile } from "./source.ts";
import { interpolateTree, type Variables } from "./yaml/interpolate.ts";
import { mergeFiles, withoutResets } from "./yaml/merge.ts";
import { readYaml } from "./yaml/read-yaml.ts";
import { placeAt, type Section, section } from "./yaml/tree.ts";

export interface ParseOptions {
  /** Name of the project folder: the application's name where the file has none. */
  readonly folder: string;
  /** The shell's variables; they win over `.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The `.env` file beside the Compose file, where there is one. */
  readonly interpolationFile?: SourceFile;
  /** Files that the Compose files name, as far as they exist; `path` as `namedPaths` tells it. */
  readonly namedFiles?: readonly SourceFile[];
  /** Looks at paths of the project that are mounted or carried; where it is left out, their names tell what they are. */
  readonly disk?: Disk;
  /** Files of another tool, read in place of Compose files. */
  readonly foreign?: ForeignSources;
}

/** What the files are read with. */
interface Reading {
  readonly library: Library;
  readonly shell: Variables;
  /** What relative paths start from, as a path from the project's folder. */
  readonly folder: string;
  /** The files that led here, outermost first. */
  readonly trail: readonly string[];
  readonly budget: Budget;
}

/** Files that include one another twice and more would be read without end. */
const mostIncludes = 100;

interface Budget {
  includes: number;
}

/** The shell's variables with those of `.env` below. */
export function shellVariables(
  { variables, interpolationFile }: ParseOptions,
  findings: Findings,
): Variables {
  const shell = new Map<string, string>();
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) shell.set(name, value);
  return interpolationFile === undefined ? shell : underShell([interpolationFile], shell, findings);
}

function underShell(files: readonly SourceFile[], shell: Variables, findings: Findings): Variables {
  const named = files.flatMap((file) => [...parseEnvironmentFile(file, shell, findings)]);
  return new Map([...named, ...shell]);
}

/** The files as one document, with variables filled in; files of another tool as their adapter means them. */
export function readDocument(
  files: readonly SourceFile[],
  { foreign }: ParseOptions,
  shell: Variables,
  library: Library,
  findings: Findings,
): Section {
  if (foreign === undefined) return readFiles(files, shell, library, findings);
  const { document } = adapt(foreign, findings);
  return foreign.adapter.hasVariables === true ? interpolateTree(document, shell, findings) : document;
}

/** The Compose files as one; nothing further makes sense after a problem, so it is thrown. */
function readFiles(
  files: readonly SourceFile[],
  shell: Variables,
  library: Library,
  findings: Findings,
): Section {
  const reading = { library, shell, folder: ".", trail: [], budget: { includes: mostIncludes } };
  const [first, ...rest] = files.flatMap((file) => readFile(file, reading, findings) ?? []);
  findings.throwProblems();
  const empty = section([], { file: files[0]?.path ?? "", line: 1, column: 1 });
  return withoutResets(rest.reduce(mergeFiles, first ?? empty));
}

/** One file with the services it extends and the files it includes. */
function readFile(source: SourceFile, reading: Reading, findings: Findings): Section | undefined {
  const file = readAlone(source, reading, findings);
  if (file === undefined) return undefined;
  const extended = extendServices(file, (path) => loadBase(path, reading, findings), findings);
  const trail = [...reading.trail, source.path];
  return includesOf(extended, findings)
    .flatMap((include) => readInclude(include, extended, { ...reading, trail }, findings) ?? [])
    .reduce((own, included) => joinIncluded(own, included, findings), withoutIncludes(extended));
}

function readAlone(
  source: SourceFile,
  { shell, folder }: Reading,
  findings: Findings,
): ComposeFile | undefined {
  const tree = readYaml(source, findings);
  if (tree === undefined) return undefined;
  return { path: source.path, tree: rebaseServices(interpolateTree(tree, shell, findings), folder) };
}

function loadBase(path: string, reading: Reading, findings: Findings): ComposeFile | undefined {
  const source = reading.library.get(path);
  return source === undefined
    ? undefined
    : readAlone(source, { ...reading, folder: folderOf(path) }, findings);
}

function readInclude(
  include: Include,
  from: Section,
  reading: Reading,
  findings: Findings,
): Section | undefined {
  const report = (message: string) => {
    findings.problem({ code: "include", subject: "include", message, place: placeAt(from, ["include"]) });
    return undefined;
  };
  const { budget } = reading;
  budget.includes -= 1;
  if (budget.includes === 0)
    return report(`takes in more than ${mostIncludes} files; one that is named twice counts twice`);
  if (budget.includes < 0) return undefined;
  const paths = include.path.map((path) => below(reading.folder, path));
  const round = paths.find((path) => reading.trail.includes(path));
  if (round !== undefined) return report(`goes round: ${[...reading.trail, round].join(" → ")}`);
  const sources = paths.flatMap(
    (path) => reading.library.get(path) ?? report(`names \`${path}\`, which is missing`) ?? [],
  );
  const folder = below(reading.folder, include.project_directory ?? folderOf(paths[0] ?? ""));
  const shell = includedVariables(include, folder, reading, findings);
  const [first, ...rest] = sources.flatMap(
    (source) => readFile(source, { ...reading, folder, shell }, findings) ?? [],
  );
  return first === undefined ? undefined : rest.reduce(mergeFiles, first);
}

/** The project's own variables win over those of the included folder. */
function includedVariables(
  include: Include,
  folder: string,
  reading: Reading,
  findings: Findings,
): Variables {
  const named = include.env_file?.map((path) => below(reading.folder, path)) ?? [
    below(folder, interpolationFileName),
  ];
  const files = named.flatMap((path) => reading.library.get(path) ?? []);
  return underShell(files, reading.shell, findings);
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}
