import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { Clock, Log } from "../../platform.ts";
import { eventsOf, takeBatch } from "./batches.ts";
import type { LogLine } from "./frames.ts";

export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface Shipper {
  /** Takes lines; resolves when there is room for more. */
  ship(lines: readonly LogLine[]): Promise<void>;
  /** Resolves once all lines are at CloudWatch Logs, or were given up with a word in the log. */
  flush(): Promise<void>;
}

const batchMilliseconds = 200;
const fullQueue = 20_000;
const attempts = 5;

/** Sends lines to a log stream, one call at a time, within 300 ms of their coming. */
export function createShipper(logs: CloudWatchLogs, stream: LogStream, clock: Clock, log: Log): Shipper {
  const queue: LogLine[] = [];
  let sending: Promise<void> | undefined;

  const send = async (delay: number): Promise<void> => {
    if (delay > 0) await clock.sleep(delay);
    while (queue.length > 0) await put(logs, stream, takeBatch(queue), clock, log);
    sending = undefined;
  };
  const begin = (delay: number): Promise<void> => {
    sending ??= send(delay);
    return sending;
  };
  return {
    ship: async (lines) => {
      queue.push(...lines.flatMap(eventsOf));
      if (queue.length === 0) return;
      const sent = begin(batchMilliseconds);
      if (queue.length > fullQueue) await sent;
    },
    flush: async () => {
      await sending;
      if (queue.length > 0) await begin(0);
    },
  };
}

async function put(
  logs: CloudWatchLogs,
  stream: LogStream,
  lines: readonly LogLine[],
  clock: Clock,
  log: Log,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await logs.putLogEvents({ ...stream, logEvents: [...lines] });
      return;
    } catch (error) {
      if (attempt < attempts) {
        await clock.sleep(100 * 2 ** attempt);
        continue;
      }
      log.warn("container output was lost", { ...stream, lines: lines.length, reason: String(error) });
      return;
    }
  }
}
