import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { ProjectPort } from "../engine/init.ts";
import { deepestFolder, isTelling, passedFolders } from "../init/repository.ts";
import { createFile } from "./new-file.ts";

/** A file that says what a program is stays far below this. */
const largest = 256 * 1024;

/** Below this depth of folders nothing says what the project is: `src/main/java/org/…`. */
const levels = deepestFolder + 2;

/** A folder as `freehold init` looks at it (absolute path). */
export function createProject(folder: string): ProjectPort {
  return {
    read: async () => {
      const paths = (await walk(folder, "", levels)).sort();
      const texts = await Promise.all(paths.filter(isTelling).map((path) => textOf(folder, path)));
      return { name: basename(resolve(folder)), paths, texts: new Map(texts.flat()) };
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

async function textOf(root: string, path: string): Promise<readonly (readonly [string, string])[]> {
  const { size } = await stat(join(root, path)).catch(() => ({ size: largest + 1 }));
  return size > largest ? [] : [[path, await readFile(join(root, path), "utf8")]];
}
