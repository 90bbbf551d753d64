import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The user's folder for what must last (https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is ignored). */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment["XDG_STATE_HOME"] ?? "";
  const home = environment["HOME"] || homedir();
  return join(isAbsolute(named) ? named : join(home, ".local", "state"), "freehold");
}
