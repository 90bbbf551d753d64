import { ExecaError, execa } from "execa";
import { UserError } from "../errors.ts";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** What the command is for, as the subject of an error: `terraform apply`. */
  readonly subject: string;
  /** What the reader may do when it fails. */
  readonly hint?: string;
  /** Gets each line of both outputs as it comes. */
  readonly onLine?: (line: string) => void;
  readonly onPid?: (pid: number) => void;
}

/**
 * Runs a program by its argument vector; answers its standard output.
 *
 * @throws UserError `missing-program` when it is not on the PATH, `command-failed` with its last lines when it fails.
 */
export async function runCommand(command: Command): Promise<string> {
  const child = execa(command.program, [...command.args], {
    ...(command.folder === undefined ? {} : { cwd: command.folder }),
    env: { ...command.environment },
    ...(command.input === undefined ? { stdin: "ignore" } : { input: command.input }),
    buffer: command.onLine === undefined ? { all: true } : true,
    all: true,
    maxBuffer: 200_000_000,
  });
  if (child.pid !== undefined) command.onPid?.(child.pid);
  try {
    if (command.onLine !== undefined)
      for await (const line of child.iterable({ from: "all" })) command.onLine(String(line));
    return String((await child).stdout);
  } catch (error) {
    throw error instanceof ExecaError ? failure(command, error) : error;
  }
}

function failure(command: Command, error: ExecaError): UserError {
  if (error.code === "ENOENT") {
    const hint = `Install ${command.program} and put it on the PATH.`;
    return new UserError({
      code: "missing-program",
      subject: command.subject,
      message: `${command.program} is not there.`,
      hint,
    });
  }
  const lines = String(error.all ?? error.stderr ?? "")
    .trimEnd()
    .split("\n")
    .slice(-15);
  const how =
    error.signal === undefined ? `ended with exit code ${error.exitCode}` : `was ended by ${error.signal}`;
  return new UserError(
    {
      code: "command-failed",
      subject: command.subject,
      message: [`${command.subject} ${how}:`, ...lines.map((line) => `  ${line}`)].join("\n"),
      ...(command.hint === undefined ? {} : { hint: command.hint }),
    },
    { cause: error },
  );
}
