import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { QuestionPort } from "../engine/ports.ts";
import { UserError } from "../errors.ts";

/** Where the person sits. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks on a terminal. With `--yes` nothing is asked; without a terminal a question is an error that says so. */
export function createQuestions(isYes: boolean, terminal: Terminal | undefined): QuestionPort {
  return {
    confirm: async (question) => isYes || /^y(es)?$/i.test(await ask(`${question} [y/N] `, terminal)),
    typed: async (question, expected) => isYes || (await ask(`${question} `, terminal)) === expected,
  };
}

async function ask(question: string, terminal: Terminal | undefined): Promise<string> {
  if (terminal === undefined) {
    const message = `There is no terminal to ask: ${question.trim()}`;
    const hint = "Pass --yes to answer yes to every question.";
    throw new UserError({ code: "no-terminal", subject: "", message, hint }, { exitCode: 2 });
  }
  const lines = createInterface(terminal);
  const left = new Promise<never>((_resolve, reject) => {
    // Ctrl-C and Ctrl-D: otherwise the answer is waited for without end.
    for (const event of ["SIGINT", "close"]) lines.once(event, () => reject(unanswered()));
  });
  try {
    return (await Promise.race([lines.question(question), left])).trim();
  } finally {
    lines.close();
  }
}

/**
 * Asks for what must not stand on the screen: all that is typed or pasted until Ctrl-D on a line of its own.
 *
 * @returns the lines, without an end behind the last one.
 * @throws UserError `declined` after Ctrl-C.
 */
export function askUnseen(question: string, { input, output }: Terminal): Promise<string> {
  output.write(`${question}\n`);
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
