import { randomUUID } from "node:crypto";
import {
  access,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import ignore from "ignore";
import type { FileEntry, FilesPort, PlaceOf } from "../engine/ports.ts";

/** Files of a project folder (absolute path). */
export function createFiles(project: string, placeOf: PlaceOf = () => undefined): FilesPort {
  return {
    project,
    placeOf,
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    readText: (path) => readFile(path, "utf8"),
    readBytes: (path) => readFile(path),
    write: writeWhole,
    remove: (path) => rm(path, { recursive: true, force: true }),
    list,
    temporary: async () => {
      const path = await mkdtemp(join(tmpdir(), "freehold-"));
      return { path, dispose: () => rm(path, { recursive: true, force: true }) };
    },
  };
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function list(
  folder: string,
  options: { readonly dockerignore?: string } = {},
): Promise<readonly FileEntry[]> {
  const rules =
    options.dockerignore === undefined ? "" : await readFile(options.dockerignore, "utf8").catch(() => "");
  const ignored = ignore({ ignorecase: false }).add(rules.split("\n").map(anchored).join("\n"));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !path.startsWith(".freehold/") && !ignored.ignores(path));
  return Promise.all(paths.sort().map((path) => describe(folder, path)));
}

/** `.dockerignore` patterns count from the context's root, unlike Git's (https://docs.docker.com/build/concepts/context/#dockerignore-files). */
function anchored(rule: string): string {
  const [, not = "", pattern = ""] = /^(!?)\s*\/?(.*?)\s*$/.exec(rule) ?? [];
  return pattern === "" || pattern.startsWith("#") ? "" : `${not}/${pattern}`;
}

async function describe(folder: string, path: string): Promise<FileEntry> {
  const stat = await lstat(join(folder, path));
  const entry = { path, isExecutable: (stat.mode & 0o111) !== 0, size: stat.size };
  return stat.isSymbolicLink() ? { ...entry, link: await readlink(join(folder, path)) } : entry;
}
