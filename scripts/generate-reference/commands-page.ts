import type { Argument, Command, Option } from "commander";
import { examplesOf } from "../../packages/freehold/src/cli/examples.ts";
import { sentence } from "../../packages/freehold/src/config/schema/settings.ts";
import { code } from "../../packages/freehold/src/config/schema/value-text.ts";
import { headingAnchor, page, table } from "./markdown.ts";

/** Every command with its arguments and options. */
export function commandsPage(program: Command): string {
  return page("Commands", [
    "`--help` after a command prints the same. What stands between `<…>` must be given, what stands between `[…]` may be left out.",
    "",
    "Exit codes: 0 done · 1 you can mend it · 2 wrong usage · 3 changes pending (`plan --exit-code`) · 70 our bug · 75 the same command",
    "may succeed later · 130 you said no.",
    "",
    ...leaves(program).map(contentsLine),
    "",
    ...leaves(program).flatMap(chapter),
  ]);
}

interface Leaf {
  readonly words: readonly string[];
  readonly command: Command;
}

function leaves(command: Command, above: readonly string[] = []): readonly Leaf[] {
  const words = [...above, command.name()];
  return command.commands.length === 0
    ? [{ words, command }]
    : command.commands.flatMap((one) => leaves(one, words));
}

function chapter(leaf: Leaf): readonly string[] {
  const { words, command } = leaf;
  const args = command.registeredArguments;
  const rows = [
    ...args.filter(({ description }) => description !== "").map(argumentRow),
    ...command.options.filter(({ hidden }) => !hidden).map(optionRow),
  ];
  return [
    `## ${headingOf(leaf)}`,
    "",
    `${sentence(command.description())}`,
    "",
    ...(rows.length === 0 ? [] : table(["", "meaning"], rows)),
    ...exampleLines(words.slice(1).join(" ")),
  ];
}

function contentsLine(leaf: Leaf): string {
  return `- [\`${leaf.words.join(" ")}\`](#${headingAnchor(headingOf(leaf))}): ${leaf.command.description()}`;
}

function headingOf({ words, command }: Leaf): string {
  return `\`${[...words, ...command.registeredArguments.map(written)].join(" ")}\``;
}

function exampleLines(name: string): readonly string[] {
  const lines = examplesOf(name);
  return lines.length === 0 ? [] : ["```", ...lines, "```", ""];
}

function written(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
}

function argumentRow(argument: Argument): readonly string[] {
  return [code(written(argument)), argument.description];
}

function optionRow(option: Option): readonly string[] {
  const initial = option.defaultValue === undefined ? "" : ` (${code(option.defaultValue)} where left out)`;
  return [code(option.flags), `${option.description}${initial}`];
}
