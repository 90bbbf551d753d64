import type { Disk, OnDisk } from "../disk.ts";

/** Files that hold these texts, and whatever else lies there. */
export function diskOf(entries: Readonly<Record<string, string | OnDisk>>): Disk {
  return (path) => {
    const entry = entries[path] ?? { kind: "missing" };
    return typeof entry === "string"
      ? { kind: "file", size: entry.length, isExecutable: entry.startsWith("#!"), text: entry }
      : entry;
  };
}
