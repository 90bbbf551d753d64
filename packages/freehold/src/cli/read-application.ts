import { existsSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { Application, Note } from "../app/application.ts";
import type { ForeignSources } from "../config/adapters/adapt.ts";
import { namedPaths, parseApplication, placeOfSetting } from "../config/parse.ts";
import type { ParseOptions } from "../config/read-files.ts";
import {
  composeFileNames,
  foreignFileNames,
  interpolationFileName,
  overlayNameOf,
  type SourceFile,
} from "../config/source.ts";
import type { PlaceOf } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { createDisk } from "./disk.ts";
import { readExisting, readSource, shownPath } from "./source-files.ts";

export interface ReadApplication {
  readonly application: Application;
  /** Absolute path of the folder of the first Compose file. */
  readonly project: string;
  readonly placeOf: PlaceOf;
}

/**
 * Reads the named Compose files, or the first there is in this folder or one above, with `.env` and every file they name.
 *
 * @param folder where it is looked for (absolute path).
 * @throws UserError when a file is missing, and with everything that is wrong in them.
 */
export async function readApplication(
  named: readonly string[],
  variables: ParseOptions["variables"] = process.env,
  folder = process.cwd(),
): Promise<ReadApplication> {
  const paths = named.length > 0 ? named.map((path) => resolve(path)) : withOverlay(findFile(folder));
  const project = projectOf(paths[0] ?? folder);
  const foreign = await foreignFiles(paths, project);
  const files = foreign === undefined ? paths.map((path) => sourceOf(path, named.length > 0)) : [];
  const shown = shownPath(join(project, interpolationFileName));
  const interpolationFile = readExisting(project, interpolationFileName, shown);
  const options = {
    folder: basename(project),
    variables,
    ...(interpolationFile === undefined ? {} : { interpolationFile }),
    ...(foreign === undefined ? {} : { foreign }),
    disk: createDisk(project),
  };
  const namedFiles = readNamedFiles(files, options, project);
  const all = { ...options, namedFiles };
  const application = parseApplication(files, all);
  return {
    application: { ...application, notes: [...application.notes, ...overrideNotes(paths)] },
    project,
    placeOf: (setting) => placeOfSetting(setting, files, all),
  };
}

/** A file that was found is judged like all of the project; one that the person named may be anything, a pipe as well. */
function sourceOf(path: string, isNamed: boolean): SourceFile {
  const found = isNamed ? undefined : readExisting(dirname(path), path, shownPath(path));
  return found ?? readSource(path, shownPath(path));
}

/** `docker compose` lays these over the file by itself; they say how it is on a developer's machine. */
function overrideNotes(paths: readonly string[]): readonly Note[] {
  return paths.flatMap((path) => {
    const override = path.replace(/\.(ya?ml)$/, ".override.$1");
    if (override === path || paths.includes(override) || !existsSync(override)) return [];
    const message = "is for home and is not read; name it with -f to have it on AWS as well";
    return [{ subject: basename(override), message }];
  });
}

/** Files that the Compose files name, and those that these name in turn. Most applications name none. */
function readNamedFiles(
  files: readonly SourceFile[],
  options: ParseOptions,
  project: string,
): readonly SourceFile[] {
  const texts = [...files, ...(options.foreign?.files ?? [])];
  if (!texts.some(({ text }) => /env_file|extends|include/.test(text))) return [];
  const found: SourceFile[] = [];
  const asked = new Set<string>();
  for (;;) {
    const paths = namedPaths(files, { ...options, namedFiles: found }).filter((path) => !asked.has(path));
    if (paths.length === 0) return found;
    for (const path of paths) {
      asked.add(path);
      const file = readExisting(project, path, path);
      if (file !== undefined) found.push(file);
    }
  }
}

/** The files of another tool, where the first of these files is one of its own. Adapters are loaded only then. */
async function foreignFiles(paths: readonly string[], project: string): Promise<ForeignSources | undefined> {
  const [main = "", ...others] = paths;
  const name = foreignName(main);
  if (name === undefined) return undefined;
  const [{ adapters }, { readForeign, readForeignFiles }] = await Promise.all([
    import("../config/adapters/adapters.ts"),
    import("./read-foreign.ts"),
  ]);
  const adapter = adapters.find((one) => one.main === name);
  if (adapter === undefined) return undefined;
  return others.length === 0 ? readForeign(adapter, project) : readForeignFiles(adapter, paths);
}

/** The name a tool gives its main file, where this is one: some lie in a folder of their own. */
function foreignName(path: string): string | undefined {
  return foreignFileNames.find((name) => path.endsWith(join(sep, name)));
}

function projectOf(path: string): string {
  const name = foreignName(path);
  return name === undefined ? dirname(path) : path.slice(0, -name.length - 1) || sep;
}

/** As `docker compose` looks for it: here, then in each folder above. */
function findFile(folder: string): string {
  const names = [...composeFileNames, ...foreignFileNames];
  for (let at = folder; ; at = dirname(at)) {
    const name = names.find((one) => existsSync(join(at, one)));
    if (name !== undefined) return join(at, name);
    if (at === dirname(at)) throw noFile(folder);
  }
}

/** The Compose file, and what lies over it for Freehold alone where there is such a file. */
function withOverlay(file: string): readonly string[] {
  const overlay = overlayNameOf(file);
  return overlay !== file && existsSync(overlay) ? [file, overlay] : [file];
}

function noFile(folder: string): UserError {
  const message = `There is no Compose file in ${folder} or a folder above it.`;
  const hint = `Freehold reads ${[...composeFileNames, ...foreignFileNames].join(", ")}; name another with -f, or have \`freehold init\` propose one.`;
  return new UserError({ code: "no-compose-file", subject: "", message, hint });
}
