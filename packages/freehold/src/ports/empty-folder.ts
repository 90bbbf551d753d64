import { ownFolder } from "./own-folder.ts";
import { stateHome } from "./user-folders.ts";

/** Programs read what is in their working folder, by names of their own: they start in this one, where nothing is. */
export function emptyFolder(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  return ownFolder(stateHome(environment), ["freehold", "empty"]);
}
