import { createWriteStream, mkdirSync, openSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import type { Log } from "../platform.ts";

/** One JSON object a line: `time`, `level`, `message` and the details. */
export interface FileLog extends Log {
  /** Resolves once everything said is on disk. */
  close(): Promise<void>;
}

/** Bytes of a log, after which it becomes `<path>.1` and a new one begins: a log and the one before it are kept. */
export const mostLogged = 10_000_000;

/** Appends to a file, made with its folder when missing. */
export function openLog(path: string, most = mostLogged): FileLog {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let stream = append(path);
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const turned: Promise<void>[] = [];
  const turn = (): void => {
    turned.push(ended(stream));
    renameSync(path, `${path}.1`);
    stream = append(path);
    size = 0;
  };
  const say = (level: string, message: string, details: Readonly<Record<string, unknown>> = {}): void => {
    if (!stream.writable) return;
    const line = Buffer.from(logLine(level, message, details));
    if (size > 0 && size + line.length > most) turn();
    size += line.length;
    stream.write(line);
  };
  return {
    info: (message, details) => say("info", message, details),
    warn: (message, details) => say("warn", message, details),
    close: async () => {
      await Promise.all([...turned, ended(stream)]);
    },
  };
}

function append(path: string): WriteStream {
  // Opened at once: a stream opens its file later than the next line may have to turn it.
  return createWriteStream(path, { fd: openSync(path, "a", 0o600) });
}

async function ended(stream: WriteStream): Promise<void> {
  stream.end();
  await finished(stream).catch(() => undefined);
}

function logLine(level: string, message: string, details: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ time: new Date().toISOString(), level, message, ...details }, plainError)}\n`;
}

/** JSON prints an Error as `{}`. */
function plainError(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
