import type { Terminal } from "../ports/questions.ts";

/** Where the person sits who can be asked; undefined where nobody does, or where a program reads what is printed. */
function askableTerminal({ json }: { readonly json?: true } = {}): Terminal | undefined {
  if (json === true || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return { input: process.stdin, output: process.stderr };
}

/** The same, to be spread into a request. */
export function terminalOf(options: { readonly json?: true } = {}): { readonly terminal?: Terminal } {
  const terminal = askableTerminal(options);
  return terminal === undefined ? {} : { terminal };
}
