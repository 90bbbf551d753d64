import { visible } from "../app/visible.ts";

/** Prints the answer of a verb. */
export function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${visible(line)}\n`).join(""));
}
