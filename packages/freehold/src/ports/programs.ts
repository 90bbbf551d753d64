import { accessSync, constants, statSync } from "node:fs";
import { platform } from "node:os";
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";
import { UserError } from "../errors.ts";
import { isWithin, realPath } from "./boundary.ts";

/**
 * The PATH without what a project could put its own programs into: entries that are relative, empty, or inside the project.
 *
 * @param root real path of the project, or of the repository around it.
 */
export function trustedPath(path: string, root: string): string {
  return path
    .split(delimiter)
    .filter((entry) => isTrusted(entry, root))
    .join(delimiter);
}

function isTrusted(entry: string, root: string): boolean {
  if (!isAbsolute(entry)) return false;
  const real = realPath(entry);
  return typeof real === "string" && !isOfProject(real, root);
}

/** In the project, or among the packages of a folder above it, which npm puts on the PATH as well. */
function isOfProject(path: string, root: string): boolean {
  const packages = dirname(path);
  const isAbove = basename(packages) === "node_modules" && isWithin(dirname(packages), root);
  return isAbove || isWithin(root, path);
}

const endings = platform() === "win32" ? [".exe", ".cmd"] : [""];

/**
 * Absolute path of a program, looked for on a trusted PATH; an absolute path is answered as it is.
 *
 * @throws UserError `missing-program`
 */
export function findProgram(name: string, path: string | undefined, subject: string): string {
  if (isAbsolute(name)) return name;
  const found = (path ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)))
    .find(isProgram);
  if (found !== undefined) return found;
  throw new UserError({
    code: "missing-program",
    subject,
    message: `${name} is not there.`,
    hint: `Install ${name} and put it on the PATH. Programs inside the project are not run.`,
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
