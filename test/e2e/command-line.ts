import { spawn } from "node:child_process";
import { join } from "node:path";
import { repository } from "../house/source-files.ts";

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** An event as `--json` prints it. */
export type PrintedEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface CommandLine {
  /** @param onProgress is given what the command says of its steps, as it does. */
  run(args: readonly string[], input?: string, onProgress?: (text: string) => void): Promise<Run>;
  /** Runs with `--json`; answers the printed events as well. */
  events(args: readonly string[]): Promise<Run & { readonly events: readonly PrintedEvent[] }>;
}

/** The CLI as a user calls it, in a project folder. */
export function commandLine(folder: string, environment: Readonly<Record<string, string>>): CommandLine {
  const run: CommandLine["run"] = (args, input = "", onProgress = () => {}) => {
    const started = performance.now();
    const program = join(repository, "node_modules/.bin/freehold");
    const path = `${join(repository, "node_modules/.bin")}:${process.env["PATH"]}`;
    const env = { ...process.env, ...environment, PATH: path };
    const child = spawn(program, args, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.end(input);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      err.push(chunk);
      onProgress(chunk.toString("utf8"));
    });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) =>
        resolve({
          code: code ?? 1,
          stdout: Buffer.concat(out).toString("utf8"),
          stderr: Buffer.concat(err).toString("utf8"),
          seconds: (performance.now() - started) / 1000,
        }),
      );
    });
  };
  const events = async (args: readonly string[]) => {
    const done = await run([...args, "--json"]);
    const lines = done.stdout.split("\n").filter((line) => line.startsWith("{"));
    return { ...done, events: lines.map((line): PrintedEvent => JSON.parse(line)) };
  };
  return { run, events };
}

/** What went wrong, for an assertion's message. */
export function transcript(run: Run): string {
  return `exit code ${run.code} after ${run.seconds.toFixed(1)} s\n${run.stdout.slice(-6000)}\n${run.stderr.slice(-6000)}`;
}
