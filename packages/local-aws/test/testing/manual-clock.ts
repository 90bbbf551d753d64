import type { Clock } from "../../src/platform.ts";

/** A clock that stands still until it is moved; what is due in between runs in order, each at its own instant. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): Promise<void>;
}

export function manualClock(start: Date): ManualClock {
  let now = start.getTime();
  const due = new Set<{ readonly when: number; readonly run: () => void }>();
  const at = (when: Date, run: () => void): (() => void) => {
    const one = { when: when.getTime(), run };
    due.add(one);
    return () => due.delete(one);
  };
  return {
    now: () => new Date(now),
    at,
    sleep: (milliseconds) => new Promise((resolve) => at(new Date(now + milliseconds), resolve)),
    advance: async (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...due].filter((one) => one.when <= end).sort((a, b) => a.when - b.when);
        if (next === undefined) break;
        due.delete(next);
        now = Math.max(now, next.when);
        next.run();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}

/** Lets everything that only waits for promises run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
