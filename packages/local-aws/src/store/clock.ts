import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../platform.ts";

/** Node's timers hold at most 2^31-1 ms (24.8 days); longer waits are taken in steps. */
const longestTimer = 2 ** 31 - 1;

/** The machine's clock. Its timers do not keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => new Date(),
    at: callAt,
    sleep: async (milliseconds) => {
      await sleep(milliseconds);
    },
  };
}

function callAt(when: Date, run: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const left = when.getTime() - Date.now();
    timer = setTimeout(left > longestTimer ? arm : run, Math.min(Math.max(left, 0), longestTimer));
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
