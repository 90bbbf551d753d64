import { createInterface } from "node:readline/promises";
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
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
}
