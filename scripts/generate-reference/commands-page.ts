import type { Argument, Command, Option } from "commander";
import { sentence } from "../../packages/freehold/src/config/schema/settings.ts";
import { code } from "../../packages/freehold/src/config/schema/value-text.ts";
import { page, table } from "./markdown.ts";

/** Every command with its arguments and options. */
export function commandsPage(program: Command): string {
  return page("Commands", [
    "`freehold <command> --help` prints the same. `[environment]` is a name such as `dev`, or `collection/dev`; the only",
    "environment, or `dev`, where it is left out.",
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

function chapter({ words, command }: Leaf): readonly string[] {
  const args = command.registeredArguments;
  const rows = [
    ...args.filter(({ description }) => description !== "").map(argumentRow),
    ...command.options.map(optionRow),
  ];
  return [
    `## \`${[...words, ...args.map(written)].join(" ")}\``,
    "",
    `${sentence(command.description())}`,
    "",
    ...(rows.length === 0 ? [] : table(["", "meaning"], rows)),
  ];
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
