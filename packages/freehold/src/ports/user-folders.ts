import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/*
 * Where a user's files belong (https://specifications.freedesktop.org/basedir-spec/latest/); a relative value is ignored, as
 * the specification asks: it would name a folder of the project.
 */

type Environment = Readonly<Record<string, string | undefined>>;

/** Parent of our folder for what can be had again. */
export function cacheHome(environment: Environment): string {
  return absolute(environment["XDG_CACHE_HOME"]) ?? join(homeOf(environment), ".cache");
}

/** Parent of our folder for what one run leaves for the next. */
export function stateHome(environment: Environment): string {
  return absolute(environment["XDG_STATE_HOME"]) ?? join(homeOf(environment), ".local", "state");
}

function homeOf(environment: Environment): string {
  return absolute(environment["HOME"]) ?? homedir();
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
