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

/** A run under way. */
export interface Started {
  readonly pid: number;
  /** Its exit code is that of a failure when a signal ended it. */
  readonly ended: Promise<Run>;
}

export interface CommandLine {
  /** @param onProgress is given what the command says of its steps, as it does. */
  run(args: readonly string[], input?: string, onProgress?: (text: string) => void): Promise<Run>;
  /** Runs with `--json`; answers the printed events as well. */
  events(args: readonly string[]): Promise<Run & { readonly events: readonly PrintedEvent[] }>;
  /** Starts with `--json`; tells each event as it is printed. */
  start(args: readonly string[], onEvent: (event: PrintedEvent) => void): Started;
}

type Words = readonly [string, ...string[]];

/**
 * The CLI as a user calls it, in a project folder.
 *
 * @param within what to spawn for the words of a command: something it runs in, such as a terminal.
 */
export function commandLine(
  folder: string,
  environment: Readonly<Record<string, string>>,
  within: (words: Words) => Words = (words) => words,
): CommandLine {
  const launch = (args: readonly string[], input: string, told: Listeners): Started => {
    const started = performance.now();
    const path = `${join(repository, "node_modules/.bin")}:${environment["PATH"] ?? process.env["PATH"]}`;
    const env = { ...process.env, ...environment, PATH: path };
    const [program, ...words] = within([join(repository, "node_modules/.bin/freehold"), ...args]);
    const child = spawn(program, words, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.end(input);
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
        told[name]?.(text);
      });
    const ended = new Promise<Run>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) =>
        resolve({ code: code ?? 1, ...texts, seconds: (performance.now() - started) / 1000 }),
      );
    });
    return { pid: child.pid ?? 0, ended };
  };
  const run: CommandLine["run"] = (args, input = "", onProgress = () => {}) =>
    launch(args, input, { stderr: onProgress }).ended;
  const start: CommandLine["start"] = (args, onEvent) => {
    let rest = "";
    const stdout = (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const event of eventsIn(lines)) onEvent(event);
    };
    return launch([...args, "--json"], "", { stdout });
  };
  const events = async (args: readonly string[]) => {
    const done = await run([...args, "--json"]);
    return { ...done, events: eventsIn(done.stdout.split("\n")) };
  };
  return { run, events, start };
}

interface Listeners {
  readonly stdout?: (text: string) => void;
  readonly stderr?: (text: string) => void;
}

function eventsIn(lines: readonly string[]): readonly PrintedEvent[] {
  return lines.filter((line) => line.startsWith("{")).map((line): PrintedEvent => JSON.parse(line));
}

/**
 * Seconds that the release took to fail, as the screen says it; the whole run where it did not come so far. On a busy machine
 * planning takes longer than the release.
 */
export function secondsToFail(run: Run): number {
  const seconds = /^✖ Release \(([\d.]+) s\)$/m.exec(run.stderr)?.[1];
  return seconds === undefined ? run.seconds : Number(seconds);
}

/** What went wrong, for an assertion's message. */
export function transcript(run: Run): string {
  return `exit code ${run.code} after ${run.seconds.toFixed(1)} s\n${run.stdout.slice(-6000)}\n${run.stderr.slice(-6000)}`;
}
