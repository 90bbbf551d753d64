import { lstatSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import type { Located } from "../app/located.ts";

/** The folders that a project may name files of, as real paths. */
export interface Boundary {
  readonly project: string;
  /** The Git root around the project; the project itself where there is none. */
  readonly root: string;
}

/**
 * @param project absolute path.
 * @param home never taken for a repository, nor is what is above it: with dotfiles under Git every key would be in the root.
 */
export function boundaryOf(project: string, home: string = homedir()): Boundary {
  const real = realpathSync(project);
  return { project: real, root: gitRoot(real, home) ?? real };
}

/** The nearest `.git` decides, so that one inside a repository can only narrow. Git itself is not asked. */
function gitRoot(project: string, home: string): string | undefined {
  for (let at = project; ; at = dirname(at)) {
    const found = lstatSync(join(at, ".git"), { throwIfNoEntry: false });
    // Somebody else's `/tmp/.git` makes no repository of what is below it.
    if (found !== undefined)
      return found.uid === statSync(project).uid && !isWithin(at, home) ? at : undefined;
    if (at === dirname(at)) return undefined;
  }
}

/** Both real paths; a folder is within itself. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Where a path of the project (absolute) leads through all links. */
export function locate(path: string, { project, root }: Boundary): Located {
  const resolved = realPath(path);
  if (typeof resolved !== "string") return resolved;
  if (!isWithin(root, resolved) || isGitsOwn(root, resolved)) return { kind: "outside", resolved, root };
  if (isSpecial(resolved)) return { kind: "special" };
  return isWithin(project, resolved) ? { kind: "project" } : { kind: "repository", resolved, root };
}

/** `.git/config` holds the credentials of a CI checkout. */
function isGitsOwn(root: string, path: string): boolean {
  return relative(root, path).split(sep).includes(".git");
}

function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** A link that leads nowhere is missing; one that leads to itself cannot be read. */
export function realPath(path: string): string | { readonly kind: "missing" | "unreadable" } {
  try {
    return realpathSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return { kind: code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable" };
  }
}
