import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import * as module from "node:module";
import { homedir, userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Keeps compiled code for the next start, where nobody else can have put any: Node's own default is a folder that every user of
 * the machine may make first. Without such a folder the code is compiled again.
 */
export function keepCompiled() {
  const folder = ownCache();
  if (folder !== undefined) module.enableCompileCache?.(folder);
}

function ownCache() {
  const given = process.env.XDG_CACHE_HOME ?? "";
  const home = isAbsolute(given) ? given : join(homedir(), ".cache");
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const ours = ownFolder(home, "freehold");
    return ours && ownFolder(ours, "node");
  } catch {
    return undefined;
  }
}

/** A folder, not a link, of this user, and written by nobody else. */
function ownFolder(parent, name) {
  const path = join(parent, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stat = lstatSync(path);
  const user = userInfo().uid;
  const isOwn = user < 0 || (stat.uid === user && (stat.mode & 0o022) === 0);
  if (!stat.isDirectory() || !isOwn) return undefined;
  if (user >= 0 && (stat.mode & 0o077) !== 0) chmodSync(path, 0o700);
  return path;
}
