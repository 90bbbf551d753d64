import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Application } from "../app/application.ts";
import { namedPaths, parseApplication } from "../config/parse.ts";
import type { ParseOptions } from "../config/read-files.ts";
import { composeFileNames, interpolationFileName, type SourceFile } from "../config/source.ts";
import { UserError } from "../errors.ts";

export interface ReadApplication {
  readonly application: Application;
  /** Absolute path of the folder of the first Compose file. */
  readonly project: string;
}

/**
 * Reads the named Compose files, or the first there is in this folder or one above, with `.env` and every file they name.
 *
 * @throws UserError when a file is missing, and with everything that is wrong in them.
 */
export async function readApplication(
  named: readonly string[],
  variables: ParseOptions["variables"] = process.env,
): Promise<ReadApplication> {
  const paths = named.length > 0 ? named.map((path) => resolve(path)) : [findComposeFile(process.cwd())];
  const files = paths.map((path) => readSource(path, shownPath(path)));
  const project = dirname(paths[0] ?? process.cwd());
  const shown = shownPath(join(project, interpolationFileName));
  const interpolationFile = readExisting(project, interpolationFileName, shown);
  const options = {
    folder: basename(project),
    variables,
    ...(interpolationFile === undefined ? {} : { interpolationFile }),
  };
  const namedFiles = readNamedFiles(files, options, project);
  return { application: parseApplication(files, { ...options, namedFiles }), project };
}

/** Files that the Compose files name, and those that these name in turn. Most applications name none. */
function readNamedFiles(
  files: readonly SourceFile[],
  options: ParseOptions,
  project: string,
): readonly SourceFile[] {
  if (!files.some(({ text }) => /env_file|extends|include/.test(text))) return [];
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

/** As `docker compose` looks for it: here, then in each folder above. */
function findComposeFile(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const name = composeFileNames.find((one) => existsSync(join(at, one)));
    if (name !== undefined) return join(at, name);
    if (at === dirname(at)) throw noFile(folder);
  }
}

function noFile(folder: string): UserError {
  const message = `There is no Compose file in ${folder} or a folder above it.`;
  const hint = `Freehold reads ${composeFileNames.join(", ")}; name another with -f.`;
  return new UserError({ code: "no-compose-file", subject: "", message, hint });
}

function readSource(path: string, shown: string): SourceFile {
  try {
    return { path: shown, text: readFileSync(path, "utf8") };
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    const message = reason === "ENOENT" ? "There is no such file." : `The file cannot be read (${reason}).`;
    throw new UserError({ code: "unreadable-file", subject: shown, message }, { cause });
  }
}

function readExisting(project: string, path: string, shown: string): SourceFile | undefined {
  const full = resolve(project, path);
  return existsSync(full) ? readSource(full, shown) : undefined;
}

/** From here, as a person would write it; in full where that climbs out of this folder. */
function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
