import { createHash } from "node:crypto";
import { access, readdir, realpath, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ProcessPort, StackFolder, StackPlace, WorkPort } from "../engine/ports.ts";
import { ownFolder } from "./own-folder.ts";
import { lifeOf, markOf } from "./run-mark.ts";
import { stateHome } from "./user-folders.ts";

export interface WorkRequest {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly processes: ProcessPort;
}

const levels = ["freehold", "work"] as const;

/** Where Terraform leaves a state that it could not save in the bucket. */
const unsaved = "errored.tfstate";

/** A run of another machine that shares the home is over when nothing of it has changed for so long. */
const forgottenAfterDays = 7;

/** Working folders in `$XDG_STATE_HOME/freehold/work`: a repository can put nothing into them. */
export function createWork({ environment, pid, processes }: WorkRequest): WorkPort {
  const home = stateHome(environment);
  const open = (place: StackPlace, ...below: readonly string[]) =>
    ownFolder(home, [...levels, nameOf(place), ...below]);
  const stack = async (place: StackPlace): Promise<StackFolder> => ({
    run: await open(place, "runs", await markOf(pid, processes)),
    shared: await open(place, "data"),
  });
  return {
    stack,
    sweep: async (place) => {
      const runs = await open(place, "runs");
      const own = await markOf(pid, processes);
      const kept: string[] = [];
      for (const name of (await readdir(runs)).sort()) {
        const folder = join(runs, name);
        if (name === own || !(await isOver(folder, name, processes))) continue;
        if (await isThere(join(folder, unsaved))) kept.push(folder);
        // Another run may be removing it as well.
        else await rm(folder, { recursive: true, force: true }).catch(() => {});
      }
      return kept.map((folder) => ({ folder, file: unsaved }));
    },
    site: async (digest) => join(await realpath(await ownFolder(home, [...levels, "sites"])), digest),
  };
}

function nameOf({ account, bucket, key }: StackPlace): string {
  return createHash("sha256").update([account, bucket, key].join("\n")).digest("hex").slice(0, 32);
}

/** Whether the run of a folder has ended, and every Terraform that it has started: one outlives a run that is killed. */
async function isOver(folder: string, mark: string, processes: ProcessPort): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const programs = names.flatMap((name) =>
    name.startsWith(startedPrefix) ? [name.slice(startedPrefix.length)] : [],
  );
  const lives = await Promise.all([mark, ...programs].map((one) => lifeOf(one, processes)));
  if (lives.includes("running")) return false;
  return lives.includes("elsewhere") ? isForgotten(folder) : true;
}

/** Begins the name of an empty file that stands for a Terraform. */
export const startedPrefix = "started.";

async function isForgotten(folder: string): Promise<boolean> {
  const changed = await stat(folder).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - changed > forgottenAfterDays * 86_400_000;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
