import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessPort } from "../engine/ports.ts";

/** Names of files and folders that say which process they are of: `<machine>.<pid>.<digest of its start>`. */
const pattern = /^([0-9a-f]{12})\.(\d+)\.([0-9a-f]{12})$/;

/** The mark of a process of this machine, which no other process ever has. */
export async function markOf(pid: number, processes: ProcessPort): Promise<string> {
  return `${machine()}.${pid}.${digest((await processes.startOf(pid)) ?? "")}`;
}

/** Whether the process of a mark runs; `elsewhere` when that cannot be known here. */
export async function lifeOf(
  mark: string,
  processes: ProcessPort,
): Promise<"running" | "ended" | "elsewhere" | undefined> {
  const [, where, pid, start] = pattern.exec(mark) ?? [];
  if (where === undefined) return undefined;
  if (where !== machine()) return "elsewhere";
  const found = await processes.startOf(Number(pid));
  return found !== undefined && digest(found) === start ? "running" : "ended";
}

/** A home may be shared by hosts, and by containers of the same host name, whose processes are numbered apart. */
function machine(): string {
  return digest(`${hostname()}\n${processNamespace()}`);
}

/** https://man7.org/linux/man-pages/man7/pid_namespaces.7.html */
function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
