import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { ProcessPort } from "../engine/ports.ts";

/** Something on the disk that has to go again. */
export interface OnDisk {
  readonly path: string;
  dispose(): Promise<void>;
}

/** Makes an empty folder that only this user may enter (0700); its name says what it is for and whose process it is. */
export type Temporary = (purpose: string) => Promise<OnDisk>;

export interface TemporaryRequest {
  /** Of this process. */
  readonly pid: number;
  readonly processes: ProcessPort;
  /** Where the folders are made; the system's own by default. */
  readonly parent?: string;
}

/** Temporary folders. The first call removes those that this user's dead processes have left behind. */
export function createTemporary({ pid, processes, parent = tmpdir() }: TemporaryRequest): Temporary {
  let swept: Promise<void> | undefined;
  return async (purpose) => {
    swept ??= sweep(parent, processes);
    await swept;
    const path = await mkdtemp(join(parent, `freehold-${purpose}-${pid}-`));
    return { path, dispose: () => rm(path, { recursive: true, force: true }) };
  };
}

async function sweep(parent: string, processes: ProcessPort): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = /^freehold-[a-z]+-(\d{1,9})-\w+$/.exec(name)?.[1];
    if (pid === undefined || (await processes.startOf(Number(pid))) !== undefined) continue;
    const path = join(parent, name);
    // Another process may have removed it by now.
    if (await isLeft(path).catch(() => false))
      await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** Containers that share the folder have processes of their own numbers, which cannot be seen from here. */
const hour = 3_600_000;

async function isLeft(path: string): Promise<boolean> {
  const stat = await lstat(path);
  return stat.isDirectory() && stat.uid === userInfo().uid && Date.now() - stat.mtimeMs > hour;
}
