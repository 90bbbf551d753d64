import type { Clock } from "../platform.ts";
import type { Configuration } from "./configuration.ts";

/** Keeps what `read` answered until a writing call is announced. */
export interface ConfigurationCache {
  /** For traffic: what was so a moment ago at the latest. */
  current(): Promise<Configuration>;
  /** For calls that name what was just made: read after they came in, unless nothing has changed. */
  latest(): Promise<Configuration>;
  /** The last one read, for decisions that cannot wait. */
  last(): Configuration;
  /** A call that changes the configuration has come in; its effect shows within `settlingMilliseconds`. */
  changing(): void;
}

/** A writing call passes to moto after it was announced, so what is read meanwhile may be old and is not kept. */
const settlingMilliseconds = 1500;

/** Meanwhile a reading serves requests for this time. */
const momentMilliseconds = 200;

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
  let lastBegan = Number.NEGATIVE_INFINITY;
  let reading: Promise<Configuration> | undefined;
  let cancelRefresh = (): void => undefined;

  const readAgain = async (): Promise<Configuration> => {
    const began = clock.now().getTime();
    try {
      last = await read();
      lastBegan = began;
      keep = began >= settled;
      onChange(last);
      return last;
    } finally {
      reading = undefined;
    }
  };
  const readOnce = (): Promise<Configuration> => {
    reading ??= readAgain();
    return reading;
  };
  const isRecent = (): boolean => clock.now().getTime() - lastBegan < momentMilliseconds;
  return {
    current: async () => (keep || isRecent() ? last : readOnce()),
    latest: async () => (keep ? last : readOnce()),
    last: () => last,
    changing: () => {
      keep = false;
      const now = clock.now().getTime();
      settled = now + settlingMilliseconds;
      cancelRefresh();
      cancelRefresh = clock.at(new Date(settled), () => void readOnce().catch(() => undefined));
    },
  };
}
