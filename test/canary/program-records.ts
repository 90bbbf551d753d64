import { accessSync, constants } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Piece, piece } from "./piece.ts";

/**
 * Writes down arguments and environment, and becomes the program: none is too short-lived to be seen.
 */
const shim = `#!/bin/sh
folder=$(dirname "$0")
name=$(basename "$0")
{ printf '%s\\0' "$name" "$@"; } > "$(mktemp "$folder/../arguments/XXXXXXXX")"
env -0 > "$(mktemp "$folder/../environments/XXXXXXXX")"
exec "$(cat "$folder/../real/$name")" "$@"
`;

export interface ProgramRecords {
  /** To be first on the PATH. */
  readonly bin: string;
  arguments(): Promise<readonly Piece[]>;
  environments(): Promise<readonly Piece[]>;
}

/** Stands between the command and the programs it calls. */
export async function recordPrograms(folder: string, programs: readonly string[]): Promise<ProgramRecords> {
  for (const name of ["bin", "real", "arguments", "environments"])
    await mkdir(join(folder, name), { recursive: true });
  for (const program of programs) {
    await writeFile(join(folder, "real", program), whereIs(program));
    await writeFile(join(folder, "bin", program), shim);
    await chmod(join(folder, "bin", program), 0o755);
  }
  const all = async (kind: string) => {
    const names = await readdir(join(folder, kind));
    return Promise.all(names.map(async (name) => piece(kind, await readFile(join(folder, kind, name)))));
  };
  return {
    bin: join(folder, "bin"),
    arguments: () => all("arguments"),
    environments: () => all("environments"),
  };
}

function whereIs(program: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, program)).find(isExecutable);
  if (found === undefined) throw new NotInstalled(`${program} is not on the PATH`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

class NotInstalled extends Error {
  override readonly name = "NotInstalled";
}
