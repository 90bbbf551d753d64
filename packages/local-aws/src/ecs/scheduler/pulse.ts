import type { Clock, Log } from "../../platform.ts";

/** Does something again and again, one after the other: soon after each waking, else each second. */
export interface Pulse {
  /** Something has changed: beat soon. */
  wake(): void;
  start(): void;
  /** Resolves once no beat is under way; there is none after it. */
  stop(): Promise<void>;
  isRunning(): boolean;
}

const rest = 1000;
/** Changes come in bursts; one beat answers a burst. */
const soon = 50;

export function createPulse(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  beat: () => Promise<void>,
): Pulse {
  let running = false;
  let beating: Promise<void> | undefined;
  let due = Number.POSITIVE_INFINITY;
  let woken = false;
  let cancel = (): void => undefined;

  const plan = (delay: number): void => {
    const at = clock.now().getTime() + delay;
    if (!running || at >= due) return;
    cancel();
    due = at;
    cancel = clock.at(new Date(at), turn);
  };
  const turn = (): void => {
    due = Number.POSITIVE_INFINITY;
    woken = false;
    beating = beat()
      .catch((error: unknown) => log.warn("ECS's scheduler failed", { error }))
      .finally(() => {
        beating = undefined;
        plan(woken ? soon : rest);
      });
  };
  return {
    wake: () => {
      woken = true;
      if (beating === undefined) plan(soon);
    },
    start: () => {
      running = true;
      plan(0);
    },
    stop: async () => {
      running = false;
      cancel();
      await beating;
    },
    isRunning: () => running,
  };
}
