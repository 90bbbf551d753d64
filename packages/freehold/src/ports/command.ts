import { ExecaError, execa } from "execa";
import { UserError } from "../errors.ts";
import { emptyFolder } from "./empty-folder.ts";
import type { Environment } from "./environment.ts";
import { findProgram } from "./programs.ts";

export interface Command {
  /** Its name, to be found on the PATH of its environment, or its absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Working folder; an empty one of ours where it is left out. */
  readonly folder?: string;
  /** All that the program gets: nothing of this process's own is added. */
  readonly environment: Environment;
  readonly input?: string;
  /** What the command is for, as the subject of an error: `terraform apply`. */
  readonly subject: string;
  /** What the reader may do when it fails. */
  readonly hint?: string;
  /** Gets each line of both outputs as it comes. */
  readonly onLine?: (line: string) => void;
  /** When aborted, the command gets one SIGINT and is waited for. */
  readonly interrupt?: AbortSignal;
}

/**
 * Runs a program by its argument vector; answers its standard output.
 *
 * @throws UserError `missing-program` when it is not on the PATH, `command-failed` with its last lines when it fails,
 *   `interrupted` (130) when it ended after an interrupt.
 */
export async function runCommand(command: Command): Promise<string> {
  const program = findProgram(command.program, command.environment["PATH"], command.subject);
  const child = execa(program, [...command.args], {
    cwd: command.folder ?? (await emptyFolder(command.environment)),
    env: command.environment,
    extendEnv: false,
    ...(command.input === undefined ? { stdin: "ignore" } : { input: command.input }),
    all: true,
    maxBuffer: 200_000_000,
  });
  const passOn = () => child.kill("SIGINT");
  command.interrupt?.addEventListener("abort", passOn, { once: true });
  if (command.interrupt?.aborted === true) passOn();
  try {
    if (command.onLine !== undefined)
      for await (const line of child.iterable({ from: "all" })) command.onLine(String(line));
    return String((await child).stdout);
  } catch (error) {
    throw error instanceof ExecaError ? commandFailure(command, error, lastLines(error)) : error;
  } finally {
    command.interrupt?.removeEventListener("abort", passOn);
  }
}

/** What became of a command that did not end well; `lines` are the last it wrote. */
export function commandFailure(
  command: Pick<Command, "program" | "subject" | "hint" | "interrupt">,
  error: ExecaError,
  lines: readonly string[],
): UserError {
  const { subject } = command;
  if (error.code === "ENOENT") {
    const message = `${command.program} is not there.`;
    const hint = `Install ${command.program} and put it on the PATH.`;
    return new UserError({ code: "missing-program", subject, message, hint });
  }
  if (command.interrupt?.aborted === true) {
    const message = `${subject} was interrupted, and has ended.`;
    const hint = "Run the same command again: it goes on from what is there.";
    return new UserError(
      { code: "interrupted", subject: "", message, hint },
      { exitCode: 130, cause: error },
    );
  }
  const how =
    error.signal === undefined ? `ended with exit code ${error.exitCode}` : `was ended by ${error.signal}`;
  const hint = command.hint === undefined ? {} : { hint: command.hint };
  const problem = { code: "command-failed", subject, message: `It ${how}.`, output: lines, ...hint };
  return new UserError(problem, { cause: error });
}

function lastLines({ all, stderr }: ExecaError): readonly string[] {
  return String(all ?? stderr ?? "")
    .trimEnd()
    .split("\n")
    .slice(-15);
}
