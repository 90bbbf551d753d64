import { randomUUID } from "node:crypto";
import { closeSync, readFile as readDescriptor } from "node:fs";
import {
  access,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import ignore from "ignore";
import { outsideHint, outsideMessage } from "../app/located.ts";
import type { FileEntry, FilesPort, PlaceOf } from "../engine/ports.ts";
import { UserError } from "../errors.ts";
import { type Boundary, boundaryOf, locate } from "./boundary.ts";
import { type Opened, openWithin } from "./open-within.ts";
import { openPublished, publishedFiles } from "./published-files.ts";

/** Files of a project folder (absolute path). */
export function createFiles(project: string, placeOf: PlaceOf = () => undefined): FilesPort {
  let known: Boundary | undefined;
  const boundary = (): Boundary => {
    known ??= boundaryOf(project);
    return known;
  };
  return {
    project,
    placeOf,
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    readText: (path) => readFile(path, "utf8"),
    locate: async (path) => locate(path, boundary()),
    readInput: (path) => readWithin(path, boundary().root),
    published: (folder, within = boundary().root) => publishedFiles(folder, within),
    readPublished: (folder, path) => bytesOf(openPublished(folder, path), join(folder, path), folder),
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
    await writeFile(part, content, { mode: 0o600 });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Bytes of a regular file that is within a folder (a real path), through links. */
async function readWithin(path: string, folder: string): Promise<Uint8Array> {
  return bytesOf(openWithin(path, folder), path, folder);
}

async function bytesOf(found: Opened, path: string, folder: string): Promise<Uint8Array> {
  if (found.kind === "outside")
    throw unreadable(path, outsideMessage({ ...found, root: folder }), outsideHint);
  if (found.kind !== "file") throw unreadable(path, notRead[found.kind]);
  try {
    return await promisify(readDescriptor)(found.descriptor);
  } finally {
    closeSync(found.descriptor);
  }
}

const notRead = {
  folder: "is a folder, not a file",
  missing: "is missing",
  unreadable: "cannot be read",
  other: "is not a file: a pipe, a socket or a device",
} as const;

function unreadable(subject: string, message: string, hint?: string): UserError {
  return new UserError({
    code: "unreadable-file",
    subject,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Links are listed as links and never followed, as Docker sends them. */
async function list(
  folder: string,
  options: { readonly dockerignore?: string } = {},
): Promise<readonly FileEntry[]> {
  const rules = options.dockerignore === undefined ? "" : await ignoreRules(options.dockerignore);
  const ignored = ignore({ ignorecase: false }).add(rules.split("\n").map(anchored).join("\n"));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !path.startsWith(".freehold/") && !ignored.ignores(path));
  return Promise.all(paths.sort().map((path) => describe(folder, path)));
}

/** One that leads out of the context leaves nothing out: at worst an image is built again. */
async function ignoreRules(path: string): Promise<string> {
  const bytes = await readWithin(path, await realpath(dirname(path))).catch(() => "");
  return Buffer.from(bytes).toString("utf8");
}

/** `.dockerignore` patterns count from the context's root, unlike Git's (https://docs.docker.com/build/concepts/context/#dockerignore-files). */
function anchored(rule: string): string {
  const [, not = "", pattern = ""] = /^(!?)\s*\/?(.*)$/.exec(rule.trim()) ?? [];
  return pattern === "" || pattern.startsWith("#") ? "" : `${not}/${pattern}`;
}

async function describe(folder: string, path: string): Promise<FileEntry> {
  const stat = await lstat(join(folder, path));
  const entry = { path, isExecutable: (stat.mode & 0o111) !== 0, size: stat.size };
  return stat.isSymbolicLink() ? { ...entry, link: await readlink(join(folder, path)) } : entry;
}
