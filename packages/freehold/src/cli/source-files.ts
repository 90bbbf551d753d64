import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { SourceFile } from "../config/source.ts";
import { UserError } from "../errors.ts";

/** A file's text; `shown` is what errors call it. */
export function readSource(path: string, shown: string): SourceFile {
  try {
    return { path: shown, text: readFileSync(path, "utf8") };
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    const message = reason === "ENOENT" ? "There is no such file." : `The file cannot be read (${reason}).`;
    throw new UserError({ code: "unreadable-file", subject: shown, message }, { cause });
  }
}

/** The same of a file of the project, where it exists. */
export function readExisting(project: string, path: string, shown: string): SourceFile | undefined {
  const full = resolve(project, path);
  return existsSync(full) ? readSource(full, shown) : undefined;
}

/** From here, as a person would write it; in full where that climbs out of this folder. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
