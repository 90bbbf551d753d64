import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Store } from "../platform.ts";
import { writeAtomically } from "./atomic-file.ts";

/** The file of a store cannot be read as JSON; it is left as it is for its owner to look at. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Opens `<folder>/<name>.json`. Content must be JSON: what does not survive `JSON.stringify` is lost at a restart. */
export async function openStore<T>(folder: string, name: string, initial: T): Promise<Store<T>> {
  const path = join(folder, `${name}.json`);
  let value: T = await restore<T>(path, initial);
  let written: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  // Changes that arrive during a write share the next one.
  const save = (): Promise<void> => {
    waiting ??= written.then(() => {
      waiting = undefined;
      written = writeAtomically(path, JSON.stringify(value));
      return written;
    });
    return waiting;
  };
  return {
    get: () => value,
    update: async (change) => {
      value = change(value);
      const mine = value;
      await save();
      return mine;
    },
  };
}

async function restore<T>(path: string, initial: T): Promise<T> {
  const text = await readIfThere(path);
  if (text === undefined) return initial;
  try {
    // The parse boundary: only this store has written the file.
    return JSON.parse(text) as T;
  } catch {
    throw new StoreError(`${path} is not JSON; remove it, or the whole folder with \`local-aws reset\``);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
