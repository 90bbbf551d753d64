import type { Findings } from "../findings.ts";
import { taskCommand } from "../shell-words.ts";
import type { Tree } from "../yaml/tree.ts";
import { placed } from "./document.ts";
import {
  mapping,
  type Rule,
  type Target,
  type Turned,
  textOf,
  turned,
  type Written,
  wrong,
} from "./rules.ts";

/**
 * The text of a command that cnc and Coherence join with blanks and give to a shell, however it is written: as a text, or as a
 * list of words or of whole commands. Undefined for anything else, and where there is none.
 */
export function commandText(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== "list") return textOf(tree);
  const words = tree.items.map(textOf);
  return words.length === 0 || words.includes(undefined) ? undefined : words.join(" ");
}

/** A command, as the words it becomes: a shell where the text needs one. */
export function commandRule<Context extends Target>(path: readonly string[], message = ""): Rule<Context> {
  return turned((written, { at }, findings) => commandAt(written, [...at, ...path], findings, message));
}

export function commandAt(
  written: Written,
  path: readonly string[],
  findings: Findings,
  message = "",
): Turned {
  const text = commandText(written.entry.value);
  const words = text === undefined ? undefined : taskCommand(text);
  if (words !== undefined && words.length > 0)
    return mapping(written, path, placed(words, written.entry.place), message);
  const said =
    text === undefined
      ? "must be a text or a list of words"
      : "has a quote that is never closed, or is empty";
  return wrong(written, { message: said }, findings);
}
