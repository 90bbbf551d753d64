import { setTimeout as sleep } from "node:timers/promises";
import { visit } from "./visit.ts";

/** A client that asks one page again and again, and writes down every answer. */
export interface Visitor {
  /** The answers since the last time they were asked for: `200 first`, or why there was none. */
  answers(): readonly string[];
  leave(): Promise<void>;
}

/** Asks ten times a second, each time over a connection of its own. */
export function sendVisitor(url: string): Visitor {
  let seen: string[] = [];
  let isLeaving = false;
  const visiting = (async () => {
    while (!isLeaving) {
      seen.push(await ask(url));
      await sleep(100);
    }
  })();
  return {
    answers: () => {
      const answers = seen;
      seen = [];
      return answers;
    },
    leave: () => {
      isLeaving = true;
      return visiting;
    },
  };
}

function ask(url: string): Promise<string> {
  return visit(url, { alone: true }).then(
    ({ status, text }) => `${status} ${text}`,
    (error: unknown) => String(error),
  );
}
