import { type Command, Option } from "commander";

/** Understood by every verb that reads the file. */
export interface CommonOptions {
  readonly file?: readonly string[];
  readonly local?: true;
  readonly json?: true;
  readonly yes?: true;
  /** Of `up`: digests of commands that may run on this machine. */
  readonly trust?: readonly string[];
}

/** Of a verb whose argument is something else than the environment. */
export interface EnvironmentOptions extends CommonOptions {
  readonly environment?: string;
}

export interface CheckOptions extends CommonOptions {
  readonly env?: string;
  readonly explain?: string;
}

export interface LogOptions extends EnvironmentOptions {
  readonly since: string;
  readonly follow?: true;
  readonly filter?: string;
}

const local = [
  "--local",
  "work on this machine instead of AWS: its AWS endpoint is started when needed",
] as const;
const yes = [
  "-y, --yes",
  "answer yes to every question but whether a command of the file may run on this machine",
] as const;

export function withCommonOptions(command: Command, description: string): Command {
  return withFileOptions(command, description, "print one event a line, as JSON")
    .option(...local)
    .option(...yes);
}

/** For a command that asks nobody: it takes the other options as well, so that they may stand everywhere, and they say nothing. */
export function withOfflineOptions(command: Command, description: string): Command {
  return withFileOptions(command, description, "print what was found as JSON")
    .addOption(new Option(...local).hideHelp())
    .addOption(new Option(...yes).hideHelp());
}

function withFileOptions(command: Command, description: string, json: string): Command {
  return command
    .description(description)
    .option(
      "-f, --file <path...>",
      "Compose file, or several, each laid over the one before; paths start from the folder of the first",
    )
    .option("--json", json);
}
