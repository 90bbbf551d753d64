import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { OnLine } from "../engine/ports.ts";

/** An error as Terraform tells it (https://developer.hashicorp.com/terraform/internals/machine-readable-ui#diagnostic). */
export interface Diagnostic {
  /** Of the resource it is about. */
  readonly address?: string;
  readonly summary: string;
  /** May be empty. */
  readonly detail: string;
}

/** The full output of one Terraform run, kept in a file beside its root. */
export interface Transcript {
  readonly path: string;
  /** Takes a line; one that is JSON goes on, parsed. */
  line(text: string, onLine?: OnLine): void;
  /** The errors that Terraform told. */
  diagnostics(): readonly Diagnostic[];
  close(): Promise<void>;
}

export function createTranscript(folder: string, verb: string): Transcript {
  const path = join(folder, `${verb}.log`);
  const file = createWriteStream(path, { mode: 0o600 });
  const errors: Diagnostic[] = [];
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

const errorSchema = z.object({
  diagnostic: z.object({
    severity: z.literal("error"),
    summary: z.string(),
    detail: z.string().default(""),
    address: z.string().optional(),
  }),
});

function errorOf(line: Readonly<Record<string, unknown>>): Diagnostic | undefined {
  const parsed = errorSchema.safeParse(line);
  if (!parsed.success) return undefined;
  const { summary, detail, address } = parsed.data.diagnostic;
  return { summary, detail, ...(address === undefined ? {} : { address }) };
}
