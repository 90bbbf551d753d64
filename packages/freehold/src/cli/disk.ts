import { closeSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Disk, largestRead, type OnDisk } from "../config/disk.ts";
import { boundaryOf, locate } from "../ports/boundary.ts";
import { openWithin } from "../ports/open-within.ts";

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
  const boundary = boundaryOf(project);
  if (locate(path, boundary).kind === "outside") return { kind: "outside" };
  const found = openWithin(path, boundary.project);
  if (found.kind === "outside") return { kind: "outside" };
  if (found.kind !== "file") return { kind: found.kind };
  const { descriptor, size, isExecutable } = found;
  try {
    const file = { kind: "file", size, isExecutable } as const;
    return size > largestRead ? file : { ...file, text: readFileSync(descriptor, "utf8") };
  } finally {
    closeSync(descriptor);
  }
}
