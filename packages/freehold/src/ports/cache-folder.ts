import { homedir } from "node:os";
import { join } from "node:path";

/** The user's folder for what can be had again (https://specifications.freedesktop.org/basedir-spec/latest/). */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return join(environment["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "freehold");
}
