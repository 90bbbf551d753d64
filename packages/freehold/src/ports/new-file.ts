import { randomUUID } from "node:crypto";
import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file whole or not at all, and never over something: false where a file of that name is there. */
export async function createFile(path: string, text: string): Promise<boolean> {
  try {
    await placeFile(path, text, link);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Writes a file whole or not at all, over what is there. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await placeFile(path, text, rename);
}

/** A link to an existing name fails; a rename takes its place. */
async function placeFile(path: string, text: string, place: typeof link): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(part, text);
    await place(part, path);
  } finally {
    await rm(part, { force: true });
  }
}
