import type { Terminal } from "../ports/questions.ts";

/** Where the person sits who can be asked; undefined where nobody does, or where a program reads what is printed. */
export function askableTerminal({ json }: { readonly json?: true } = {}): Terminal | undefined {
  if (json === true || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return { input: process.stdin, output: process.stderr };
}
