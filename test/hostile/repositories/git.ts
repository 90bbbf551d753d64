import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { composeOf, type HostileRepository, put, works } from "../repository.ts";
import type { Trap } from "../trap.ts";

const call = promisify(execFile);

/** Each makes a release of its own: Git is asked at a release. */
const edition = (name: string) => composeOf(`    environment:\n      EDITION: ${name}\n`);

/** Repositories whose own configuration names programs. */
export const gitRepositories: readonly HostileRepository[] = [
  {
    what: "a bare Git repository beside the Compose file",
    compose: edition("bare"),
    plant: (project, trap) =>
      put(project, {
        HEAD: "ref: refs/heads/main\n",
        config: `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n${programs(trap, "bare")}`,
        "objects/info/packs": "\n",
        "refs/heads/.keep": "",
      }),
    outcomes: { check: works, plan: works, up: works },
  },
  {
    what: "a Git repository whose configuration runs programs",
    compose: edition("git"),
    plant: async (project, trap) => {
      await call("git", ["init", "--quiet", project]);
      const git = (...args: readonly string[]) => call("git", ["-C", project, ...person, ...args]);
      await put(project, { "readme.txt": "one\n", ".gitattributes": "* filter=x diff=x\n" });
      await git("add", ".");
      await git("commit", "--quiet", "--message", "First");
      await put(project, { "readme.txt": "two\n" });
      await put(join(project, ".git"), {
        config: `[core]\n\trepositoryformatversion = 0\n\tbare = false\n${programs(trap, "git")}`,
      });
      await trap.program(join(project, ".git/hooks/post-index-change"));
    },
    outcomes: { check: works, plan: works, up: works },
  },
];

const person = ["-c", "user.name=Stranger", "-c", "user.email=stranger@example.com"];

/** Settings that name a program: https://git-scm.com/docs/git-config. */
function programs(trap: Trap, name: string): string {
  const run = (setting: string) => JSON.stringify(`${trap.proof(`${name}-${setting}`)}; cat`);
  return `	fsmonitor = ${run("fsmonitor")}
	pager = ${run("pager")}
	sshCommand = ${run("ssh")}
	editor = ${run("editor")}
	hooksPath = .git/hooks
[filter "x"]
	clean = ${run("clean")}
	process = ${run("process")}
	required = true
[diff]
	external = ${run("diff")}
[diff "x"]
	command = ${run("diff-x")}
	textconv = ${run("textconv")}
[log]
	showSignature = true
[gpg]
	program = ${run("gpg")}
`;
}
