import { Command } from "commander";
import { splitWords } from "../config/shell-words.ts";
import { type Problem, UserError } from "../errors.ts";
import { addCommands } from "./program.ts";

/** What a command was called with that decides where it acts; whatever it proposes to run next must act there as well. */
export interface Run {
  readonly isLocal: boolean;
  /** As the person named it; undefined for the only one. */
  readonly environment?: string;
  readonly files: readonly string[];
}

export const plainRun: Run = { isLocal: false, files: [] };

/** Of the command that is called. */
export function runOf(command: Command): Run {
  const { local, file, environment, env } = command.opts();
  const index = command.registeredArguments.findIndex((one) => one.name() === "environment");
  const named: unknown = environment ?? env ?? command.args[index];
  const files: unknown = file;
  return {
    isLocal: local === true,
    files: Array.isArray(files) ? files.map(String) : [],
    ...(typeof named === "string" ? { environment: named } : {}),
  };
}

/** Of options that are read already. */
export function runWith(
  { local, file = [] }: { readonly local?: true; readonly file?: readonly string[] },
  environment?: string,
): Run {
  return { isLocal: local === true, files: file, ...(environment === undefined ? {} : { environment }) };
}

/** A command line in backticks, perhaps with what is piped into it. */
const proposal = /`((?:[^`\n]*\| )?)freehold ([^`\n]+)`/g;

/** The text, each `freehold …` in backticks completed by what the run was called with. */
export function inRun(text: string, run: Run): string {
  if (!run.isLocal && run.environment === undefined && run.files.length === 0) return text;
  return text.replaceAll(
    proposal,
    (_all, before: string, line: string) => `\`${before}freehold ${complete(line, run)}\``,
  );
}

/** The same of all that an error proposes. */
export function problemsIn(problems: readonly Problem[], run: Run): readonly Problem[] {
  return problems.map((one) => ({
    ...one,
    message: inRun(one.message, run),
    ...(one.hint === undefined ? {} : { hint: inRun(one.hint, run) }),
  }));
}

export function errorIn(error: UserError, run: Run): UserError {
  return new UserError(problemsIn(error.problems, run), { exitCode: error.exitCode, cause: error.cause });
}

function complete(line: string, run: Run): string {
  // What is piped on, or comes from a file, follows the words of the command.
  const [, own = "", behind = ""] = /^(.*?)((?: --| <| >| \|)(?: .*)?)?$/.exec(line) ?? [];
  const words = splitWords(own) ?? [];
  const [command, rest] = find(words);
  if (command === undefined) return line;
  return [own, ...additions(command, rest, run)].join(" ") + behind;
}

function find(words: readonly string[]): readonly [Command | undefined, readonly string[]] {
  let at = addedTo(new Command("freehold"));
  for (const [index, word] of words.entries()) {
    const next = at.commands.find((one) => one.name() === word);
    if (next === undefined) return index === 0 ? [undefined, []] : [at, words.slice(index)];
    at = next;
  }
  return [at, []];
}

function addedTo(program: Command): Command {
  addCommands(program);
  return program;
}

function additions(command: Command, rest: readonly string[], run: Run): readonly string[] {
  const takes = (long: string) => command.options.some((one) => one.long === long && !one.hidden);
  const has = (...options: readonly string[]) => rest.some((word) => options.includes(word));
  return [
    ...environmentOf(command, rest, run),
    ...(run.isLocal && takes("--local") && !has("--local") ? ["--local"] : []),
    ...(takes("--file") && !has("-f", "--file") ? run.files.flatMap((file) => ["-f", quoted(file)]) : []),
  ];
}

function environmentOf(command: Command, rest: readonly string[], { environment }: Run): readonly string[] {
  if (environment === undefined || rest.includes("--collection")) return [];
  if (command.options.some((one) => one.long === "--environment"))
    return rest.some((word) => word === "-e" || word === "--environment") ? [] : ["-e", quoted(environment)];
  const takesOne = command.registeredArguments.some((one) => one.name() === "environment");
  return takesOne && rest.every((word) => word.startsWith("-")) ? [quoted(environment)] : [];
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
