import type { Clock } from "../platform.ts";
import type { Configuration } from "./configuration.ts";

/** Keeps what `read` answered until a writing call is announced. */
export interface ConfigurationCache {
  /** Up to date, but for a call that is still on its way. */
  current(): Promise<Configuration>;
  /** The last one read, for decisions that cannot wait. */
  last(): Configuration;
  /** A call that changes the configuration has come in; its effect shows within `settlingMilliseconds`. */
  changing(): void;
}

/** A writing call passes to moto after it was announced, so what is read meanwhile may be old and is not kept. */
const settlingMilliseconds = 1500;

const nothing: Configuration = { balancers: [], groups: new Map() };

/** `onChange` is told of every configuration read. */
export function createConfigurationCache(
  read: () => Promise<Configuration>,
  clock: Clock,
  onChange: (configuration: Configuration) => void,
): ConfigurationCache {
  let last = nothing;
  let keep = false;
  let settled = 0;
  let reading: Promise<Configuration> | undefined;
  let cancelRefresh = (): void => undefined;

  const readAgain = async (): Promise<Configuration> => {
    const began = clock.now().getTime();
    try {
      last = await read();
      keep = began >= settled;
      onChange(last);
      return last;
    } finally {
      reading = undefined;
    }
  };
  const current = (): Promise<Configuration> => {
    if (keep) return Promise.resolve(last);
    reading ??= readAgain();
    return reading;
  };
  return {
    current,
    last: () => last,
    changing: () => {
      keep = false;
      const now = clock.now().getTime();
      settled = now + settlingMilliseconds;
      cancelRefresh();
      cancelRefresh = clock.at(new Date(settled), () => void current().catch(() => undefined));
    },
  };
}
