import { taskCommand } from "../config/shell-words.ts";
import type { Value } from "./document.ts";

/** A line that a shell reads, as `command` takes it: Compose itself knows words alone, and fills in what follows a dollar. */
export function commandValue(line: string): Value {
  const words = taskCommand(line);
  return words?.[0] === "sh" && words[2] === line ? ["sh", "-c", dollarsKept(line)] : line;
}

/** Compose reads two dollars as one that is meant. */
export function dollarsKept(text: string): string {
  return text.replaceAll("$", "$$$$");
}
