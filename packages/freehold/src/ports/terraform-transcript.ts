import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { OnLine } from "../engine/ports.ts";

/** The full output of one Terraform run, kept in a file beside its root. */
export interface Transcript {
  readonly path: string;
  /** Takes a line; one that is JSON goes on, parsed. */
  line(text: string, onLine?: OnLine): void;
  /** Errors that Terraform told, each with its detail. */
  diagnostics(): readonly string[];
  close(): Promise<void>;
}

export function createTranscript(folder: string, verb: string): Transcript {
  const path = join(folder, `${verb}.log`);
  const file = createWriteStream(path, { mode: 0o600 });
  const errors: string[] = [];
  return {
    path,
    line: (text, onLine) => {
      file.write(`${text}\n`);
      const parsed = parse(text);
      if (parsed === undefined) return;
      const error = errorOf(parsed);
      if (error !== undefined) errors.push(error);
      onLine?.(parsed);
    },
    diagnostics: () => errors,
    close: () => new Promise((resolve) => file.end(resolve)),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function errorOf(line: Readonly<Record<string, unknown>>): string | undefined {
  const diagnostic = line["diagnostic"];
  if (typeof diagnostic !== "object" || diagnostic === null || !("severity" in diagnostic)) return undefined;
  if (diagnostic.severity !== "error" || !("summary" in diagnostic)) return undefined;
  const address = "address" in diagnostic ? `${diagnostic.address}: ` : "";
  const detail = "detail" in diagnostic && diagnostic.detail !== "" ? `\n${diagnostic.detail}` : "";
  return `${address}${diagnostic.summary}${detail}`;
}
