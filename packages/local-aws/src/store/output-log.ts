import { copyFileSync, statSync, truncateSync } from "node:fs";
import { mostLogged } from "./log.ts";

/**
 * Bounds a file to which another process appends: it is copied to `<path>.1` and emptied once it is too large. The process keeps its
 * descriptor, and appends at the new end. What it writes between the two is lost.
 */
export function boundOutput(path: string, most = mostLogged): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= most) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}
