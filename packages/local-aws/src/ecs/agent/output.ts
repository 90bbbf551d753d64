import type { Platform } from "../../platform.ts";
import { createLineReader } from "../logs/frames.ts";
import type { Shipper } from "../logs/shipper.ts";

/** Docker closes a container's log soon after its end; sometimes it forgets to. */
const longestSilence = 5000;

/** A container's output on its way to the log stream. */
export interface Output {
  /** Once the container has ended: resolves when all is with the shipper, or no more has come for five seconds. */
  end(): Promise<void>;
}

interface Container {
  readonly id: string;
  logs(asked: {
    readonly follow: true;
    readonly timestamps: true;
    readonly signal: AbortSignal;
  }): Promise<AsyncIterable<Buffer | string>>;
}

export function shipOutput(
  { clock, log }: Pick<Platform, "clock" | "log">,
  container: Container,
  shipper: Pick<Shipper, "ship">,
): Output {
  const enough = new AbortController();
  const reader = createLineReader();
  let chunks = 0;
  const read = async () => {
    const { signal } = enough;
    const asked = { follow: true, timestamps: true, signal } as const;
    for await (const chunk of await container.logs(asked)) {
      chunks += 1;
      await shipper.ship(reader.read(Buffer.from(chunk)));
    }
  };
  const over = read()
    .catch((error: unknown) => {
      if (!enough.signal.aborted)
        log.warn("a container's output broke off", { container: container.id, error });
    })
    .then(() => shipper.ship(reader.end()));
  const ended = over.then(() => true);
  const silent = () => clock.sleep(longestSilence).then(() => false);
  return {
    end: async () => {
      for (let seen = -1; seen < chunks; ) {
        seen = chunks;
        if (await Promise.race([ended, silent()])) return;
      }
      enough.abort();
      await over;
    },
  };
}
