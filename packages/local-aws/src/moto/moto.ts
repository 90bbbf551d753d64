import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "../platform.ts";
import { boundOutput } from "../store/output-log.ts";
import { isolated, type Python } from "./find-python.ts";

/** moto's server, a child of this process. */
export interface Moto {
  /** Unix socket on which it listens; nothing else on the machine reaches it. */
  readonly socket: string;
  /** Saves its state and ends it. */
  stop(): Promise<void>;
}

/** moto ended before it listened. */
export class MotoFailed extends Error {
  override readonly name = "MotoFailed";
}

export interface MotoPlace {
  readonly python: Python;
  /** Keeps the state. */
  readonly folder: string;
  readonly socket: string;
  /** Takes what moto prints. */
  readonly log: string;
  readonly region: string;
}

/** Beside the front door's own. */
export function motoSocket({ socket }: Settings): string {
  return join(dirname(socket), "moto.sock");
}

const startSeconds = 60;
const stopSeconds = 30;

/** How often the size of its log is looked at. */
const boundMilliseconds = 60_000;

/** Starts moto with the state of its folder. `ended` is called if it ends unasked. */
export async function startMoto(place: MotoPlace, ended: () => void): Promise<Moto> {
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  await rm(place.socket, { force: true });
  boundOutput(place.log);
  const start = await sizeOf(place.log);
  const child = launch(place);
  await untilReady(child, place, start);
  let stopping = false;
  const bound = setInterval(() => boundOutput(place.log), boundMilliseconds).unref();
  child.once("exit", () => {
    clearInterval(bound);
    if (!stopping) ended();
  });
  return {
    socket: place.socket,
    stop: async () => {
      stopping = true;
      await end(child);
      await rm(place.socket, { force: true });
    },
  };
}

function launch(place: MotoPlace): ChildProcess {
  const out = openSync(place.log, "a", 0o600);
  try {
    // Its own process group: Ctrl-C in the terminal reaches us, and we stop it in order.
    return spawn(
      place.python.executable,
      [...isolated, join(import.meta.dirname, "launcher.py"), place.socket, place.folder],
      {
        cwd: place.folder,
        stdio: ["ignore", out, out],
        detached: true,
        env: environment(place),
      },
    );
  } finally {
    closeSync(out);
  }
}

/** moto makes boto3 sessions of its own; nothing of the caller's AWS configuration may reach them. */
function environment({ python, region }: MotoPlace): Readonly<Record<string, string>> {
  return {
    HOME: python.home,
    AWS_ACCESS_KEY_ID: "moto",
    AWS_SECRET_ACCESS_KEY: "moto",
    AWS_DEFAULT_REGION: region,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    PATH: "/usr/local/bin:/usr/bin:/bin",
  };
}

async function untilReady(child: ChildProcess, place: MotoPlace, logStart: number): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (/^ready,/m.test(await printed(place.log, logStart))) return;
    await sleep(50);
  }
  const last = (await printed(place.log, logStart)).trim().split("\n").slice(-3).join("\n");
  child.kill("SIGKILL");
  throw new MotoFailed(`moto did not start; its log is ${place.log}\n${last}`);
}

async function printed(log: string, start: number): Promise<string> {
  return (await readFile(log)).subarray(start).toString("utf8");
}

async function sizeOf(log: string): Promise<number> {
  return (await readFile(log).catch(() => Buffer.alloc(0))).length;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  const impatience = setTimeout(() => child.kill("SIGKILL"), stopSeconds * 1000);
  child.kill("SIGTERM");
  await exit;
  clearTimeout(impatience);
}
