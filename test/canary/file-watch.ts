import { watch } from "node:fs";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Piece, piece } from "./piece.ts";

/** Every content that any file below a folder has had since the watch began. */
export interface FileWatch {
  pieces(): readonly Piece[];
  has(path: string): boolean;
  close(): void;
}

export function watchFiles(folder: string): FileWatch {
  const seen = new Map<string, Piece>();
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    if (name !== null) void keep(name);
  });
  const keep = async (name: string) => {
    const content = await contentOf(join(folder, name));
    if (content !== undefined) seen.set(`${name} ${content.toString("latin1")}`, piece(name, content));
  };
  return {
    pieces: () => [...seen.values()],
    has: (path) => [...seen.values()].some(({ where }) => where === path),
    close: () => watcher.close(),
  };
}

/** Undefined for what is no file, or gone. */
async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}
