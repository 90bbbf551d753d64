import { join } from "node:path";
import { stateHome } from "./user-folders.ts";

/** The user's folder for what must last. */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return join(stateHome(environment), "freehold");
}
