import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { inUsersWords } from "../engine/outside-failure.ts";
import { VerbFailed } from "../engine/verb.ts";
import { exitCodeOf, printFailure } from "./failure.ts";
import { addCommands } from "./program.ts";
import { plainRun, runOf } from "./run.ts";
import { answerUnknown } from "./unknown-words.ts";

const packageFile = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** Does what the words behind `freehold` say, and sets the exit code; a failure is told on standard error. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  let run = plainRun;
  try {
    const freehold = program().hook("preAction", (_program, command) => {
      run = runOf(command);
    });
    await freehold.parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      const failure = error instanceof VerbFailed ? error : inUsersWords(error);
      printFailure(failure, words.includes("--json"), run);
      process.exitCode = exitCodeOf(failure);
    }
  }
}

function program(): Command {
  const freehold = new Command("freehold")
    .description(packageFile.description)
    .version(packageFile.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(add --help for what is allowed)")
    .exitOverride();
  addCommands(freehold);
  answerUnknown(freehold);
  return freehold;
}
