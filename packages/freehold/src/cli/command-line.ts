import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { inUsersWords } from "../engine/outside-failure.ts";
import { VerbFailed } from "../engine/verb.ts";
import { exitCodeOf, printFailure } from "./failure.ts";
import { addCommands } from "./program.ts";
import { plainRun, runOf } from "./run.ts";

const packageFile = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** Does what the words behind `freehold` say, and sets the exit code; a failure is told on standard error. */
export async function runCommandLine(words: readonly string[]): Promise<void> {
  let run = plainRun;
  const freehold = program().hook("preAction", (_program, command) => {
    run = runOf(command);
  });
  try {
    await freehold.parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) await refused(error, freehold, words);
    else {
      const failure = error instanceof VerbFailed ? error : inUsersWords(error);
      printFailure(failure, words.includes("--json"), run);
      process.exitCode = exitCodeOf(failure);
    }
  }
}

/** commander has printed what is wrong, or the help that was asked for; what to do about it goes below. */
async function refused(error: CommanderError, freehold: Command, words: readonly string[]): Promise<void> {
  process.exitCode = error.exitCode === 0 ? 0 : 2;
  if (error.exitCode === 0) return;
  const { answerTo } = await import("./unknown-words.ts");
  const hint = answerTo(error.message, freehold, words);
  if (hint !== undefined) process.stderr.write(`${hint}\n`);
  if (!words.includes("--json")) return;
  const message = error.message.replace(/^error: /, "");
  const problem = { code: "usage", subject: "", message, ...(hint === undefined ? {} : { hint }) };
  process.stdout.write(`${JSON.stringify({ type: "failed", exitCode: 2, problems: [problem] })}\n`);
}

function program(): Command {
  const freehold = new Command("freehold")
    .description(packageFile.description)
    .version(packageFile.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(add --help for what is allowed)")
    .showSuggestionAfterError(false)
    .exitOverride();
  addCommands(freehold);
  return freehold;
}
