import { Command, CommanderError } from "commander";
import { addCommands } from "../../packages/freehold/src/cli/program.ts";
import { splitWords } from "../../packages/freehold/src/config/shell-words.ts";

/** What the command tree says against a line such as `freehold up staging --local`; nothing runs. */
export async function misusedWords(line: string): Promise<string | undefined> {
  const words = splitWords(line.replace(/ +#.*$/, "").replace(/ +>.*$/, ""));
  if (words === undefined) return "a quote is never closed";
  try {
    await idleProgram().parseAsync(words.slice(1), { from: "user" });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : error.message;
  }
}

/** The real commands, which take their words and do nothing. */
function idleProgram(): Command {
  const program = new Command("freehold").version("0");
  addCommands(program);
  silence(program);
  return program;
}

function silence(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  for (const one of command.commands) silence(one);
}

const names: ReadonlySet<string> = new Set(commandNames(idleProgram()));

/** Whether this is a command's whole name, such as `freehold secrets set`: prose that speaks of it. */
export function isCommandName(line: string): boolean {
  return names.has(line);
}

function commandNames(command: Command, above = ""): readonly string[] {
  const name = `${above}${command.name()}`;
  return [name, ...command.commands.flatMap((one) => commandNames(one, `${name} `))];
}
