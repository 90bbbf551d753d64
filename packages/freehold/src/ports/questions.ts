import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { visible } from "../app/visible.ts";
import type { Question, QuestionKind, QuestionPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";

/** Where the person sits. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

export interface Asking {
  /** Kinds of questions that are answered yes without being asked. */
  readonly answered: readonly QuestionKind[];
  /** Undefined where nobody can be asked. */
  readonly terminal?: Terminal;
}

/**
 * What the options of a run answer. `--yes` answers all but whether a command of the file may run on this machine, and a release on
 * this machine is what `--local` asks for.
 */
export function answeredKinds(run: {
  readonly isYes: boolean;
  readonly isLocal?: boolean;
}): readonly QuestionKind[] {
  if (run.isYes) return ["infrastructure", "release", "data", "file"];
  return run.isLocal === true ? ["release"] : [];
}

/** Asks on a terminal what is not answered already; without a terminal such a question is an error that says so. */
export function createQuestions({ answered, terminal }: Asking): QuestionPort {
  const isAnswered = ({ kind }: Question) => kind !== "host-command" && answered.includes(kind);
  return {
    confirm: async (question) =>
      isAnswered(question) || /^y(es)?$/i.test(await ask(question, `${question.text} [y/N] `, terminal)),
    typed: async (question, expected) =>
      isAnswered(question) || (await ask(question, `${question.text} `, terminal)) === expected,
  };
}

async function ask(question: Question, text: string, terminal: Terminal | undefined): Promise<string> {
  if (terminal === undefined) throw unasked(question);
  const lines = createInterface(terminal);
  const left = new Promise<never>((_resolve, reject) => {
    // Ctrl-C and Ctrl-D: otherwise the answer is waited for without end.
    for (const event of ["SIGINT", "close"]) lines.once(event, () => reject(unanswered()));
  });
  try {
    return (await Promise.race([lines.question(visible(text)), left])).trim();
  } finally {
    lines.close();
  }
}

function unasked(question: Question): UserError {
  if (question.kind === "host-command") return new UserError(question.unanswered, { exitCode: 2 });
  const message = `There is no terminal to ask: ${question.text}`;
  const hint = "Pass --yes to answer yes to every question.";
  return new UserError({ code: "no-terminal", subject: "", message, hint }, { exitCode: 2 });
}

/**
 * Asks for what must not stand on the screen: all that is typed or pasted until Ctrl-D on a line of its own.
 *
 * @returns the lines, without an end behind the last one.
 * @throws UserError `declined` after Ctrl-C.
 */
export function askUnseen(question: string, { input, output }: Terminal): Promise<string> {
  output.write(`${visible(question)}\n`);
  const nowhere = new Writable({ write: (_text, _encoding, done) => done() });
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    reader.on("line", (line) => lines.push(line));
    reader.once("SIGINT", () => {
      reject(unanswered());
      reader.close();
    });
    reader.once("close", () => resolve(lines.join("\n")));
  });
}

function unanswered(): UserError {
  const message = "You left the question open; nothing further was changed.";
  return new UserError({ code: "declined", subject: "", message }, { exitCode: 130 });
}
