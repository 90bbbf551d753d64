import type { Findings } from "./findings.ts";
import type { SourceFile } from "./source.ts";
import { interpolate, type Variables } from "./yaml/interpolate.ts";

/** As many as a Compose file may have. */
const mostCharacters = 300_000;

/**
 * Variables of a `.env` file as Compose reads it
 * (https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax).
 *
 * @param isRaw whether values stand as they are written, quotes and dollar signs included.
 */
export function parseEnvironmentFile(
  source: SourceFile,
  shell: Variables,
  findings: Findings,
  isRaw = false,
): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  if (source.text.length > mostCharacters) {
    const place = { file: source.path, line: 1, column: 1 };
    findings.problem({ code: "env-file", subject: "", message: "the file is larger than 300 kB", place });
    return variables;
  }
  const known = new Map(shell);
  const define = (name: string, value: string) => {
    known.set(name, value);
    variables.set(name, value);
  };
  const lines = source.text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const start = index;
    const line = lines[index] ?? "";
    if (/^\s*(?:#|$)/.test(line)) continue;
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:[=:]\s*(.*))?$/.exec(line);
    const report = (message: string) =>
      findings.problem({
        code: "env-file",
        subject: "",
        message,
        place: { file: source.path, line: start + 1, column: 1 },
      });
    if (match?.[1] === undefined) {
      report("is no `NAME=value`");
      continue;
    }
    let value = match[2] ?? "";
    if (isRaw) {
      define(match[1], value);
      continue;
    }
    const quote = /^["']/.exec(value)?.[0];
    // A quote of its own before each further line: where a text begins it is not looked for.
    let isOpen = quote !== undefined && closingQuote(value, quote) < 0;
    while (isOpen && index < lines.length - 1) {
      index += 1;
      value += `\n${lines[index]}`;
      isOpen = closingQuote(`${quote}${lines[index]}`, quote ?? "") < 0;
    }
    const read = readValue(value, quote, known);
    if (read.kind === "problem") report(read.message);
    else define(match[1], match[2] === undefined ? (shell.get(match[1]) ?? "") : read.text);
  }
  return variables;
}

function closingQuote(value: string, quote: string): number {
  for (let index = 1; index < value.length; index += 1) {
    if (value[index] === "\\" && quote === '"') index += 1;
    else if (value[index] === quote) return index;
  }
  return -1;
}

/** Single quotes keep everything, double quotes know escapes and variables, bare values end at ` #`. */
function readValue(
  value: string,
  quote: string | undefined,
  variables: Variables,
): ReturnType<typeof interpolate> {
  if (quote === undefined) return interpolate(withoutComment(value).trim(), variables);
  const end = closingQuote(value, quote);
  if (end < 0) return { kind: "problem", message: "has a quote that is never closed" };
  const inner = value.slice(1, end);
  if (quote === "'") return { kind: "text", text: inner, missing: [] };
  const filled = interpolate(inner.replaceAll("\\$", "$$$$"), variables);
  return filled.kind === "text" ? { ...filled, text: resolveEscapes(filled.text) } : filled;
}

/** From ` #` on; a `#` within a word is part of it. */
function withoutComment(value: string): string {
  for (let at = value.indexOf("#"); at >= 0; at = value.indexOf("#", at + 1))
    if (at === 0 || /\s/.test(value[at - 1] ?? "")) return value.slice(0, at);
  return value;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function resolveEscapes(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (_whole, letter: string) => escapes[letter] ?? letter);
}
