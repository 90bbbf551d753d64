import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { inUsersWords } from "../engine/outside-failure.ts";
import { VerbFailed } from "../engine/verb.ts";
import { exitCodeOf, printFailure } from "./failure.ts";
import { outliveReaders } from "./outlive-readers.ts";
import { addCommands } from "./program.ts";

const packageFile = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

const program = new Command("freehold")
  .description(packageFile.description)
  .version(packageFile.version, "-V, --version", "print the version")
  .helpOption("-h, --help", "print this help")
  .showHelpAfterError("(add --help for what is allowed)")
  .exitOverride();

addCommands(program);
outliveReaders([process.stdout, process.stderr]);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const failure = error instanceof VerbFailed ? error : inUsersWords(error);
    printFailure(failure, process.argv.includes("--json"));
    process.exitCode = exitCodeOf(failure);
  }
}
