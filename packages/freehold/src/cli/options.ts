import type { Command } from "commander";

/** Understood by every verb that reads the file. */
export interface CommonOptions {
  readonly file?: readonly string[];
  readonly local?: true;
  readonly json?: true;
  readonly yes?: true;
}

export interface CheckOptions {
  readonly env?: string;
  readonly explain?: string;
}

export interface LogOptions {
  readonly environment?: string;
  readonly since: string;
  readonly follow?: true;
  readonly filter?: string;
}

export function withCommonOptions(command: Command, description: string): Command {
  return command
    .description(description)
    .option("-f, --file <path...>", "Compose file, or several; the first names the project folder")
    .option("--local", "use the AWS endpoint on this machine, started when needed")
    .option("--json", "print one event a line, as JSON")
    .option("-y, --yes", "answer yes to every question");
}
