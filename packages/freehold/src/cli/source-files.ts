import { closeSync, existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { outsideHint, outsideMessage } from "../app/located.ts";
import type { SourceFile } from "../config/source.ts";
import { UserError } from "../errors.ts";
import { boundaryOf, locate } from "../ports/boundary.ts";
import { openWithin } from "../ports/open-within.ts";

/** A file that the person named; `shown` is what errors call it. */
export function readSource(path: string, shown: string): SourceFile {
  try {
    return { path: shown, text: readFileSync(path, "utf8") };
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unreadable";
    const message = reason === "ENOENT" ? "There is no such file." : `The file cannot be read (${reason}).`;
    throw new UserError({ code: "unreadable-file", subject: shown, message }, { cause });
  }
}

/** A file of the project, or one that its files name: within its Git repository, through links. Undefined where there is none. */
export function readExisting(project: string, path: string, shown: string): SourceFile | undefined {
  const full = resolve(project, path);
  if (!existsSync(full)) return undefined;
  const boundary = boundaryOf(project);
  const located = locate(full, boundary);
  if (located.kind === "outside") throw refused(shown, `\`${path}\` ${outsideMessage(located)}`, outsideHint);
  const found = openWithin(full, boundary.root);
  if (found.kind !== "file")
    throw refused(shown, "The file cannot be read: it is not a regular file.", "remove it");
  try {
    if (found.size > largest)
      throw refused(shown, "The file is larger than 16 MB.", "remove it, or name another");
    return { path: shown, text: readFileSync(found.descriptor, "utf8") };
  } finally {
    closeSync(found.descriptor);
  }
}

/** Bytes: far above what any of these files may have, so that nothing larger is read into memory. */
const largest = 16_000_000;

function refused(subject: string, message: string, hint: string): UserError {
  const place = { file: subject };
  return new UserError({ code: "unreadable-file", subject: "", message, hint, place });
}

/** From here, as a person would write it; in full where that climbs out of this folder. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
