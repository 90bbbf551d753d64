import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Log } from "../platform.ts";

/** One JSON object a line: `time`, `level`, `message` and the details. */
export interface FileLog extends Log {
  /** Resolves once everything said is on disk. */
  close(): Promise<void>;
}

/** Appends to a file, made with its folder when missing. */
export function openLog(path: string): FileLog {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  const say = (level: string, message: string, details: Readonly<Record<string, unknown>> = {}): void => {
    if (stream.writable) stream.write(logLine(level, message, details));
  };
  return {
    info: (message, details) => say("info", message, details),
    warn: (message, details) => say("warn", message, details),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}

function logLine(level: string, message: string, details: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ time: new Date().toISOString(), level, message, ...details }, plainError)}\n`;
}

/** JSON prints an Error as `{}`. */
function plainError(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
