import type { SourceFile } from "./source.ts";

/** The files that the caller has read because another file names them, and what was asked for in vain. */
export class Library {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #missing = new Set<string>();

  constructor(files: readonly SourceFile[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  get(path: string): SourceFile | undefined {
    const file = this.#files.get(path);
    if (file === undefined) this.#missing.add(path);
    return file;
  }

  get missing(): readonly string[] {
    return [...this.#missing].sort();
  }
}
