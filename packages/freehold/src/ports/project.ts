import { closeSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { ProjectPort } from "../engine/init.ts";
import { deepestFolder, isTelling, passedFolders } from "../init/repository.ts";
import { boundaryOf, locate } from "./boundary.ts";
import { createFile } from "./new-file.ts";
import { openWithin } from "./open-within.ts";

/** A file that says what a program is stays far below this. */
const largest = 256 * 1024;

/** Below this depth of folders nothing says what the project is: `src/main/java/org/…`. */
const levels = deepestFolder + 2;

/** A folder as `freehold init` looks at it (absolute path). */
export function createProject(folder: string): ProjectPort {
  return {
    read: async () => {
      const paths = (await walk(folder, "", levels)).sort();
      const texts = paths.filter(isTelling).flatMap((path) => textOf(folder, path));
      return { name: basename(resolve(folder)), paths, texts: new Map(texts) };
    },
    create: (path, text) => createFile(join(folder, path), text),
  };
}

async function walk(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return depth === 0 || passedFolders.has(entry.name) ? [] : walk(root, path, depth - 1);
  });
  return (await Promise.all(found)).flat();
}

/** What leads out of the repository, and what is not a file, is known by its path alone. */
function textOf(root: string, path: string): readonly (readonly [string, string])[] {
  const boundary = boundaryOf(root);
  const full = join(resolve(root), path);
  if (locate(full, boundary).kind === "outside") return [];
  const found = openWithin(full, boundary.root);
  if (found.kind !== "file") return [];
  try {
    return found.size > largest ? [] : [[path, readFileSync(found.descriptor, "utf8")]];
  } finally {
    closeSync(found.descriptor);
  }
}
