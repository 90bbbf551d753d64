import type { Emit } from "../../engine/events.ts";

/** Where events become visible. */
export interface Screen {
  readonly emit: Emit;
  /** Leaves the terminal as it is for a question. */
  pause(): void;
  close(): void;
}

/** One event a line, as JSON. */
export function createJsonScreen(write: (text: string) => void): Screen {
  return { emit: (event) => write(`${JSON.stringify(event)}\n`), pause: () => {}, close: () => {} };
}
