import { closeSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { type Outside, outsideHint, outsideMessage } from "../app/located.ts";
import type { Published } from "../engine/ports.ts";
import { type Problem, UserError } from "../errors.ts";
import { isWithin, realPath } from "./boundary.ts";
import { type Opened, openWithin } from "./open-within.ts";

/**
 * Every file of a folder that is published, each judged: links count as the file they lead to, which must be in the folder as well.
 *
 * @param within absolute path that the folder must be in; where it is the folder itself, that must not be a link.
 * @throws UserError `unpublishable` that names each link and each thing that is not a file.
 */
export async function publishedFiles(folder: string, within: string): Promise<Published> {
  const root = realPath(folder);
  if (typeof root !== "string")
    throw unpublishable(folder, root.kind === "missing" ? "is missing" : "cannot be read");
  const around = join(realOrSelf(dirname(within)), basename(within));
  if (!isWithin(around, root))
    throw unpublishable(
      folder,
      outsideMessage({ kind: "outside", resolved: root, root: around }),
      outsideHint,
    );
  const entries = await walk(root, root);
  const problems = entries.flatMap((path) => problemWith(root, path) ?? []);
  if (problems.length > 0) throw new UserError(problems.slice(0, mostProblems));
  return { folder: root, paths: entries.sort() };
}

/** What a person reads. */
const mostProblems = 20;

function realOrSelf(path: string): string {
  const real = realPath(path);
  return typeof real === "string" ? real : path;
}

/** Never published, wherever it lies: `.git/config` holds the credentials of a CI checkout. */
const kept: ReadonlySet<string> = new Set([".git", ".freehold"]);

/** One file of a published folder (real path), open for reading. */
export function openPublished(folder: string, path: string): Opened {
  const resolved = realPath(join(folder, path));
  const isKept =
    typeof resolved === "string" &&
    relative(folder, resolved)
      .split(sep)
      .some((step) => kept.has(step));
  return isKept ? { kind: "outside", resolved } : openWithin(join(folder, path), folder);
}

async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (kept.has(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await walk(root, path)));
    else found.push(relative(root, path).replaceAll("\\", "/"));
  }
  return found;
}

function problemWith(root: string, path: string): Problem | undefined {
  const found = openPublished(root, path);
  if (found.kind === "file") {
    closeSync(found.descriptor);
    return undefined;
  }
  const where = join(root, path);
  if (found.kind !== "outside") {
    const [message, hint] = wrong[found.kind];
    return problem(where, message, hint);
  }
  const outside: Outside = { kind: "outside", resolved: found.resolved, root };
  return problem(
    where,
    `is a link that ${outsideMessage(outside)}`,
    "copy the file into the folder in place of the link",
  );
}

const wrong = {
  folder: ["is a link to a folder", "copy the folder in place of the link, for example with `cp -RL`"],
  missing: ["is a link that leads nowhere", "remove it, or create what it leads to"],
  unreadable: ["cannot be read", "check its permissions, and that its links do not lead back to themselves"],
  other: ["is not a file: a pipe, a socket or a device", "remove it"],
} as const;

function problem(subject: string, message: string, hint?: string): Problem {
  return { code: "unpublishable", subject, message, ...(hint === undefined ? {} : { hint }) };
}

function unpublishable(folder: string, message: string, hint?: string): UserError {
  return new UserError(problem(folder, message, hint));
}
