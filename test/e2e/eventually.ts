import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the answer satisfies, or fails with the last answer. */
export async function eventually<T>(
  seconds: number,
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (performance.now() > deadline) throw new NeverHappened(seconds, answer);
    await sleep(500);
  }
}

export class NeverHappened extends Error {
  override readonly name = "NeverHappened";

  constructor(seconds: number, answer: unknown) {
    super(`still not so after ${seconds} s: ${JSON.stringify(answer)?.slice(0, 2000)}`);
  }
}
