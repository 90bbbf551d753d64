import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type Piece, piece } from "./piece.ts";

/** What every process of this machine was started with, seen twenty times a second. */
export interface ProcessWatch {
  /** Of all processes. */
  arguments(): readonly Piece[];
  /** Of those that have the mark: what a marked process starts inherits it. */
  environments(): readonly Piece[];
  stop(): Promise<void>;
}

/** @param mark an assignment such as `NAME=value`. */
export function watchProcesses(mark: string): ProcessWatch {
  const words = new Set<string>();
  const environments = new Set<string>();
  let isStopped = false;
  const watching = (async () => {
    while (!isStopped) {
      await look(words, environments, mark);
      await sleep(50);
    }
  })();
  const pieces = (seen: ReadonlySet<string>) => [...seen].map((text) => piece(text.slice(0, 60), text));
  return {
    arguments: () => pieces(words),
    environments: () => pieces(environments),
    stop: () => {
      isStopped = true;
      return watching;
    },
  };
}

async function look(words: Set<string>, environments: Set<string>, mark: string): Promise<void> {
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  await Promise.all(
    processes.map(async (id) => {
      const [line, environment] = await Promise.all([read(id, "cmdline"), read(id, "environ")]);
      words.add(line);
      if (environment.includes(mark)) environments.add(`${line}\0${environment}`);
    }),
  );
}

/** Nothing when the process has ended. */
function read(id: string, name: string): Promise<string> {
  return readFile(`/proc/${id}/${name}`, "latin1").catch(() => "");
}
