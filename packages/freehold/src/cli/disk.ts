import { readFileSync, realpathSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { type Disk, largestRead, type OnDisk } from "../config/disk.ts";

/** Looks at the files of a project's folder (absolute path), at each once. */
export function createDisk(project: string): Disk {
  const seen = new Map<string, OnDisk>();
  return (path) => {
    const found = seen.get(path) ?? look(resolve(project, path), project);
    seen.set(path, found);
    return found;
  };
}

function look(path: string, project: string): OnDisk {
  try {
    return see(path, project);
  } catch {
    return { kind: "unreadable" };
  }
}

function see(path: string, project: string): OnDisk {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: "missing" };
  const within = `${realpathSync(project)}${sep}`;
  if (!`${realpathSync(path)}${sep}`.startsWith(within)) return { kind: "outside" };
  if (stat.isDirectory()) return { kind: "folder" };
  if (!stat.isFile()) return { kind: "other" };
  const file = { kind: "file", size: stat.size, isExecutable: (stat.mode & 0o111) !== 0 } as const;
  return stat.size > largestRead ? file : { ...file, text: readFileSync(path, "utf8") };
}
