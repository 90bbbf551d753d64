import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { childEnvironment } from "../children/environment.ts";
import { trustedPath } from "../children/programs.ts";
import { boundOutput } from "../store/output-log.ts";
import { failed } from "./failed.ts";
import { type Instance, runningInstance } from "./instance.ts";
import { printInstance, type Shown } from "./print.ts";

export interface StartOptions {
  readonly port: number;
  readonly folder: string;
  readonly region?: string;
}

/** What the child says over its channel, once. */
type Word = { readonly instance: Instance } | { readonly problem: string; readonly code: number };

/** Starts an instance that outlives this process; one that runs on the folder already is left as it is. */
export async function startInBackground(options: StartOptions, shown: Shown): Promise<void> {
  const running = await runningInstance(options.folder);
  if (running !== undefined) return printInstance(running, shown);
  const child = await launch(options);
  const word = await firstWord(child);
  if ("problem" in word) return failed(word.problem, word.code);
  child.disconnect();
  child.unref();
  printInstance(word.instance, shown);
}

async function launch({ port, folder, region }: StartOptions): Promise<ChildProcess> {
  const logs = join(resolve(folder), "log");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  boundOutput(join(logs, "process.log"));
  const out = openSync(join(logs, "process.log"), "a", 0o600);
  const place = [
    "--port",
    String(port),
    "--folder",
    resolve(folder),
    ...(region === undefined ? [] : ["--region", region]),
  ];
  return spawn(
    process.execPath,
    [join(import.meta.dirname, "../../bin/local-aws.mjs"), "start", "--foreground", ...place],
    {
      detached: true,
      cwd: resolve(folder),
      env: { ...childEnvironment(process.env), PATH: await safePath() },
      stdio: ["ignore", out, out, "ipc"],
    },
  );
}

/** The process outlives our call: what it later runs must not come from the folder in which we happen to be. */
async function safePath(): Promise<string> {
  const { PATH: path = "" } = process.env;
  const folders = await trustedPath({ path, folder: process.cwd(), home: homedir() });
  return folders.join(delimiter);
}

async function firstWord(child: ChildProcess): Promise<Word> {
  const ended = once(child, "exit").then((): Word => ({ problem: "it ended before it was ready", code: 70 }));
  // The channel's other end is our own program.
  const said = once(child, "message").then(([word]) => word as Word);
  return Promise.race([said, ended]);
}
