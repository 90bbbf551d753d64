import type { Command } from "commander";
import { suggest } from "../config/suggest.ts";

/** What to say about words of other tools. Only a text may name what removes or goes back; it is never "did you mean". */
const words: readonly (readonly [words: readonly string[], answer: string])[] = [
  [
    ["deploy", "apply", "launch", "push", "ship", "release", "create", "start", "provision", "sync", "build"],
    "`freehold up` makes what is missing, builds and releases.",
  ],
  [
    ["redeploy", "restart", "update", "upgrade"],
    "`freehold up` releases what changed; nothing is restarted on its own.",
  ],
  [
    ["ps", "list", "ls", "info", "show", "describe", "services", "health"],
    "`freehold status` shows what runs.",
  ],
  [["open", "url", "domains", "domain"], "`freehold status` prints the address."],
  [["log", "tail", "events"], "`freehold logs` shows the services' output."],
  [
    ["down", "rm", "delete", "remove", "teardown", "terminate", "undeploy", "uninstall", "stop", "kill"],
    "Nothing was changed. One command, `destroy`, removes an environment with what is in it; its help says what stays.",
  ],
  [
    ["revert", "undo", "back"],
    "Nothing was changed. `freehold releases` lists what was released; the command `rollback` brings one of them back.",
  ],
  [
    ["exec", "ssh", "shell", "console", "attach", "bash", "sh"],
    "`freehold run SERVICE -- COMMAND` runs it in a task of its own; nobody gets into a running one.",
  ],
  [
    ["env", "envs", "environment", "environments", "config", "vars", "variables", "set"],
    "Environments and variables are written in the file: `freehold check` shows them. `freehold secrets set` sets a secret.",
  ],
  [["secret"], "`freehold secrets ls` lists secrets, `freehold secrets set` sets one."],
  [
    ["scale", "resize"],
    "The number of tasks is written in the file (`x-freehold.scale`); then `freehold up`.",
  ],
  [["diff", "preview", "changes", "dry-run"], "`freehold plan` shows what would change."],
  [["validate", "lint", "verify", "doctor", "test"], "`freehold check` says what the file means."],
  [["history", "deployments", "versions"], "`freehold releases` lists what was released."],
  [
    ["login", "auth", "configure", "account"],
    "Freehold uses the credentials that AWS's own tools find, such as `AWS_PROFILE`.",
  ],
  [
    ["app", "svc", "service", "new", "generate", "setup", "quickstart"],
    "`freehold init` proposes a file for a repository.",
  ],
  [["migrate", "convert"], "`freehold import` writes another tool's files out as Freehold's."],
  [["version"], "`freehold --version` prints the version."],
];

const options: readonly (readonly [options: readonly string[], answer: string])[] = [
  [
    ["--force", "--auto-approve", "--assume-yes", "--no-input", "--non-interactive", "--approve"],
    "Nothing is forced. Read what `freehold plan` shows; the help says how questions are answered in advance.",
  ],
  [
    ["--env", "--environment", "--stage"],
    "The environment is written without an option, such as `freehold plan staging`.",
  ],
  [["--region", "--account"], "It is written in the file, for each collection."],
  [["--profile"], "Set `AWS_PROFILE`, as for AWS's own tools."],
  [["--dry-run"], "`freehold plan` shows what would change."],
  [["--detach", "-d"], "`up` waits until all is healthy."],
  [["--verbose", "--debug"], "`--json` prints every event."],
];

/** Never proposed for a word that was only like it: they remove, go back, or answer what a person should read. */
const neverProposed = ["destroy", "rollback", "reset", "stop", "--yes", "--force", "--trust", "--collection"];

/** What to do about a word that is no command here; undefined when nothing is near. */
function answerToCommand(word: string, command: Command): string | undefined {
  return (
    (command.parent === null ? answerOf(words, word) : undefined) ??
    proposed(
      word,
      command.commands.map((one) => one.name()),
    )
  );
}

/** The same of an option. */
function answerToOption(written: string, command: Command): string | undefined {
  const option = written.replace(/=.*$/s, "");
  const known = command.options.filter((one) => !one.hidden).flatMap((one) => one.long ?? []);
  return answerOf(options, option) ?? proposed(option, known);
}

function answerOf(table: typeof words, word: string): string | undefined {
  return table.find(([all]) => all.includes(word.toLowerCase()))?.[1];
}

function proposed(word: string, known: readonly string[]): string | undefined {
  // A word nearest to what is never proposed is not a typing error of something else.
  const near = suggest(word, known);
  return near === undefined || neverProposed.includes(near) ? undefined : `Did you mean \`${near}\`?`;
}

/**
 * What to do about a command line that was refused; undefined where nothing is to be said.
 *
 * @param message commander's, which alone names the word.
 * @param words those behind `freehold`.
 */
export function answerTo(message: string, program: Command, words: readonly string[]): string | undefined {
  const [, kind, word] = /^error: unknown (command|option) '(.*)'/.exec(message) ?? [];
  if (word === undefined) return undefined;
  const command = calledBy(words, program);
  return kind === "command" ? answerToCommand(word, command) : answerToOption(word, command);
}

function calledBy([word, ...rest]: readonly string[], command: Command): Command {
  const next = command.commands.find((one) => one.name() === word);
  return next === undefined ? command : calledBy(rest, next);
}
