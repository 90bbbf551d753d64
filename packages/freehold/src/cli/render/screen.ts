import { visible } from "../../app/visible.ts";
import type { Emit } from "../../engine/events.ts";

/** Where events become visible. */
export interface Screen {
  readonly emit: Emit;
  /** Takes what is only there for now off the screen: something else is about to be written. */
  pause(): void;
  /** Sets what has failed apart from what is said of it next. */
  close(): void;
}

/** One event a line, as JSON. */
export function createJsonScreen(write: (text: string) => void): Screen {
  return { emit: (event) => write(`${visible(JSON.stringify(event))}\n`), pause: () => {}, close: () => {} };
}
