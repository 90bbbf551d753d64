import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
} from "node:fs";
import { isWithin, realPath } from "./boundary.ts";

/** What a path leads to through links; a file is open for reading, and the caller closes it. */
export type Opened =
  | {
      readonly kind: "file";
      readonly descriptor: number;
      /** Bytes. */
      readonly size: number;
      readonly isExecutable: boolean;
    }
  | { readonly kind: "outside"; readonly resolved: string }
  /** `other` is a socket, a pipe or a device: these are never opened. */
  | { readonly kind: "folder" | "missing" | "unreadable" | "other" };

/**
 * Opens a regular file whose real path is in `folder` (a real path). What is read from the descriptor is the file that was judged,
 * whatever is put in its place in the meantime.
 */
export function openWithin(path: string, folder: string): Opened {
  const resolved = realPath(path);
  if (typeof resolved !== "string") return resolved;
  if (!isWithin(folder, resolved)) return { kind: "outside", resolved };
  try {
    const judged = lstatSync(resolved, { bigint: true });
    if (judged.isDirectory()) return { kind: "folder" };
    return judged.isFile() ? openJudged(resolved, judged) : { kind: "other" };
  } catch {
    return { kind: "unreadable" };
  }
}

// Not there on Windows; without O_NONBLOCK a pipe put in the file's place would be waited for.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function openJudged(resolved: string, judged: BigIntStats): Opened {
  const descriptor = openSync(resolved, flags);
  const stat = fstatSync(descriptor, { bigint: true });
  const isJudged = stat.isFile() && stat.ino === judged.ino && stat.dev === judged.dev;
  if (isJudged && pathOf(descriptor, resolved) === resolved) {
    const isExecutable = (stat.mode & 0o111n) !== 0n;
    return { kind: "file", descriptor, size: Number(stat.size), isExecutable };
  }
  closeSync(descriptor);
  return { kind: "unreadable" };
}

/** A folder on the way may have become a link. Linux knows where a descriptor is (proc_pid_fd(5)); elsewhere the path is asked again. */
function pathOf(descriptor: number, path: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    const resolved = realPath(path);
    return typeof resolved === "string" ? resolved : undefined;
  }
}
