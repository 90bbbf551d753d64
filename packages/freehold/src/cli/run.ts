import type { Command } from "commander";
import type { Destroyed } from "../engine/destroy/kept.ts";
import type { Event } from "../engine/events.ts";
import { type Problem, UserError } from "../errors.ts";

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

/** The same of what an event says of its own; lines of containers and tools stay as they are. */
export function eventIn(event: Event, run: Run): Event {
  switch (event.type) {
    case "note":
    case "step-progress":
    case "step-failed":
      return { ...event, message: inRun(event.message, run) };
    default:
      return event;
  }
}

/** The same of what was kept, which says how it is removed. */
export function destroyedIn({ kept }: Destroyed, run: Run): Destroyed {
  return { kept: kept.map((one) => ({ ...one, reason: inRun(one.reason, run) })) };
}

export function errorIn(error: UserError, run: Run): UserError {
  return new UserError(problemsIn(error.problems, run), { exitCode: error.exitCode, cause: error.cause });
}

/** How each command takes the environment; a command that is not here acts on no account. */
export const environmentBy: Readonly<Record<string, "argument" | "option">> = {
  plan: "argument",
  up: "argument",
  status: "argument",
  destroy: "argument",
  bootstrap: "argument",
  releases: "argument",
  "secrets ls": "argument",
  logs: "option",
  run: "option",
  rollback: "option",
  "secrets set": "option",
};

function complete(line: string, run: Run): string {
  // What is piped on, or comes from a file, follows the words of the command.
  const at = line.search(/ (?:--|[<>|])(?= |$)/);
  const [own, behind] = at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at)];
  const words = own.split(" ");
  const length = words[0] === "secrets" ? 2 : 1;
  const command = words.slice(0, length).join(" ");
  return [own, ...additions(command, words.slice(length), run)].join(" ") + behind;
}

function additions(command: string, rest: readonly string[], run: Run): readonly string[] {
  const by = environmentBy[command];
  const has = (...options: readonly string[]) => rest.some((word) => options.includes(word));
  const files = has("-f", "--file") ? [] : run.files.flatMap((file) => ["-f", quoted(file)]);
  if (by === undefined) return command === "check" ? files : [];
  const isLocal = run.isLocal && !has("--local");
  return [...environmentOf(by, rest, run), ...(isLocal ? ["--local"] : []), ...files];
}

function environmentOf(
  by: "argument" | "option",
  rest: readonly string[],
  { environment }: Run,
): readonly string[] {
  if (environment === undefined || rest.includes("--collection")) return [];
  if (by === "option") return rest.includes("-e") ? [] : ["-e", quoted(environment)];
  return rest.every((word) => word.startsWith("-")) ? [quoted(environment)] : [];
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
