import { execa } from "execa";
import type { GitPort } from "../engine/ports.ts";
import type { Environment } from "./environment.ts";

/** Git by its command line; without Git, or outside a repository, there is no head. */
export function createGit(environment: Environment): GitPort {
  const git = (folder: string, args: readonly string[]) =>
    execa("git", ["-C", folder, ...args], {
      reject: false,
      stdin: "ignore",
      env: environment,
      extendEnv: false,
    });
  return {
    head: async (folder) => {
      const [head, author, changes] = await Promise.all([
        git(folder, ["rev-parse", "HEAD"]),
        git(folder, ["log", "-1", "--format=%an"]),
        git(folder, ["status", "--porcelain", "--", "."]),
      ]);
      if (head.failed || author.failed || changes.failed) return undefined;
      return { commit: head.stdout, author: author.stdout, isDirty: changes.stdout !== "" };
    },
  };
}
