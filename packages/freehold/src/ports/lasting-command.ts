import { rm, writeFile } from "node:fs/promises";
import { platform } from "node:os";
import { ExecaError, execa } from "execa";
import { commandFailure } from "./command.ts";
import type { Environment } from "./environment.ts";
import { followFile } from "./follow-file.ts";
import { findProgram } from "./programs.ts";

/** A program that goes on to its end when this process is killed. */
export interface LastingCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Working folder, absolute. */
  readonly folder: string;
  /** All that the program gets: nothing of this process's own is added. */
  readonly environment: Environment;
  /** As the subject of an error: `terraform apply`. */
  readonly subject: string;
  /** File that takes both of its outputs; made anew. */
  readonly log: string;
  /** Gets each line of the log as it comes. */
  readonly onLine: (line: string) => void;
  /** Awaited before the program begins. When it fails, or this process is killed meanwhile, the program never runs. */
  readonly onStart?: (pid: number) => Promise<void>;
  /** When aborted, the program gets one SIGINT and is waited for. */
  readonly interrupt?: AbortSignal;
}

const keptLines = 15;

/**
 * Runs a program out of reach of what ends this process: in a session of its own, with a file for its output, since a pipe
 * without a reader would end it in the middle of its work.
 *
 * @throws UserError as `runCommand` does.
 */
export async function runLasting(command: LastingCommand): Promise<void> {
  // An earlier one may still write into a file of this name.
  await rm(command.log, { force: true });
  await writeFile(command.log, "", { mode: 0o600, flag: "wx" });
  const last: string[] = [];
  const following = await followFile(command.log, (line) => {
    last.push(line);
    if (last.length > keptLines) last.shift();
    command.onLine(line);
  });
  const failure = await run(command).then(
    () => undefined,
    (error: unknown) => error,
  );
  await following.end();
  if (failure instanceof ExecaError) throw commandFailure(command, failure, [...complaint(failure), ...last]);
  if (failure !== undefined) throw failure;
}

/** What the shell says, when it cannot begin the program. */
function complaint({ stderr }: ExecaError): readonly string[] {
  return String(stderr ?? "")
    .split("\n")
    .filter((line) => line !== "");
}

/**
 * The program takes the place of a shell, and keeps its process id. The shell waits for a line that comes once it is written
 * down who it is; a closed input instead means that there is nobody who has.
 */
const gate = 'umask 077; read -r _ && exec "$@" >"$0" 2>&1';

async function run(command: LastingCommand): Promise<void> {
  const find = (name: string) => findProgram(name, command.environment["PATH"], command.subject);
  const child = execa(
    platform() === "win32" ? find("sh") : "/bin/sh",
    ["-c", gate, command.log, find(command.program), ...command.args],
    {
      cwd: command.folder,
      env: command.environment,
      extendEnv: false,
      stdin: "pipe",
      stdout: "ignore",
      detached: true,
    },
  );
  const passOn = () => child.kill("SIGINT");
  command.interrupt?.addEventListener("abort", passOn, { once: true });
  if (command.interrupt?.aborted === true) passOn();
  const { pid } = child;
  const admitted = Promise.resolve(pid === undefined ? undefined : command.onStart?.(pid)).then(
    () => child.stdin.end("\n"),
    (error: unknown) => {
      child.stdin.end();
      throw error;
    },
  );
  // Both are brought to their end; why it was not let in counts more than that it ended.
  const [entry, exit] = await Promise.allSettled([admitted, child]);
  command.interrupt?.removeEventListener("abort", passOn);
  if (entry.status === "rejected") throw entry.reason;
  if (exit.status === "rejected") throw exit.reason;
}
