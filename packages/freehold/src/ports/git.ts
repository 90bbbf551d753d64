import { lstatSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { GitPort } from "../engine/ports.ts";
import { emptyFolder } from "./empty-folder.ts";
import type { Environment } from "./environment.ts";

type Git = (args: readonly string[], extra?: Environment) => Promise<string | undefined>;

/**
 * Git by its command line; without Git, or outside a repository, there is no head. A repository's own configuration names
 * programs (filters, monitors, hooks, remotes), and whoever wrote the repository may have written that: none of them runs.
 */
export function createGit(environment: Environment): GitPort {
  return {
    head: async (folder) => {
      const git = gitIn(folder, environment);
      const [top, commit] = (await git(["rev-parse", "--show-toplevel", "HEAD"]))?.split("\n") ?? [];
      // An older Git does not know `safe.bareRepository`, and takes a bare repository among the files for the project's own.
      if (top === undefined || commit === undefined || !isThere(join(top, ".git"))) return undefined;
      const [author, changes] = await Promise.all([
        git(["log", "-1", "--no-show-signature", "--no-patch", "--format=%an", commit, "--"]),
        changesOf(git),
      ]);
      if (author === undefined || changes === undefined) return undefined;
      return { commit, author, isDirty: changes !== "" };
    },
  };
}

/** A changed submodule counts by its commit: to look into it would read its configuration. */
async function changesOf(git: Git): Promise<string | undefined> {
  const names = await git(["config", "--includes", "--list", "--name-only", "-z"]);
  if (names === undefined) return undefined;
  const filters = names.split("\0").filter((name) => /^filter\..*\.(clean|smudge|process)$/s.test(name));
  const needed = names.split("\0").filter((name) => /^filter\..*\.required$/s.test(name));
  const none = Object.fromEntries([
    ...filters.map((name) => [name, ""]),
    ...needed.map((name) => [name, "false"]),
  ]);
  return git(
    ["status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=dirty", "--", "."],
    none,
  );
}

/** https://git-scm.com/docs/git-config */
const harmless: Environment = {
  "safe.bareRepository": "explicit",
  "core.fsmonitor": "false",
  "core.hooksPath": devNull,
  "core.pager": "cat",
  "log.showSignature": "false",
  "status.submoduleSummary": "false",
};

/** https://git-scm.com/docs/git#_environment_variables */
const alone: Environment = {
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  // Of a partial clone Git fetches what is missing, by a program that its configuration names.
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
};

/** No answer at all, as of a pipe that the configuration includes, is no head. */
const seconds = 20;

function gitIn(folder: string, environment: Environment): Git {
  return async (args, extra = {}) => {
    const done = await execa("git", ["-C", folder, ...args], {
      cwd: await emptyFolder(environment),
      reject: false,
      stdin: "ignore",
      timeout: seconds * 1000,
      env: { ...withoutRedirection(environment), ...alone, ...asVariables({ ...harmless, ...extra }) },
      extendEnv: false,
    });
    return done.failed ? undefined : done.stdout;
  };
}

/** The person's variables may lead to another repository (`GIT_DIR`), or name programs (`GIT_EXTERNAL_DIFF`). */
function withoutRedirection(environment: Environment): Environment {
  const isKept = (name: string) =>
    !name.startsWith("GIT_") || /^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$/.test(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isKept(name)));
}

/** Over every file of configuration; unlike `-c`, a name may hold any letter. */
function asVariables(settings: Environment): Environment {
  const entries = Object.entries(settings).flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length / 2), ...Object.fromEntries(entries) };
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
