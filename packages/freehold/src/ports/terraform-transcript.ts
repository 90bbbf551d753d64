import * as z from "zod";
import type { OnLine } from "../engine/ports.ts";

/** An error as Terraform tells it (https://developer.hashicorp.com/terraform/internals/machine-readable-ui#diagnostic). */
export interface Diagnostic {
  /** Of the resource it is about. */
  readonly address?: string;
  readonly summary: string;
  /** May be empty. */
  readonly detail: string;
}

/** What one Terraform run says; its full output is in a file. */
export interface Transcript {
  readonly path: string;
  /** Takes a line; one that is JSON goes on, parsed. */
  line(text: string, onLine?: OnLine): void;
  /** The errors that Terraform told. */
  diagnostics(): readonly Diagnostic[];
}

export function createTranscript(path: string): Transcript {
  const errors: Diagnostic[] = [];
  return {
    path,
    line: (text, onLine) => {
      const parsed = parse(text);
      if (parsed === undefined) return;
      const error = errorOf(parsed);
      if (error !== undefined) errors.push(error);
      onLine?.(parsed);
    },
    diagnostics: () => errors,
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
