import type { FilteredLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";

/** A service's log group. */
export interface LogSource {
  readonly service: string;
  readonly group: string;
}

export interface FoundLine {
  readonly id: string;
  readonly service: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/**
 * Lines of a log group from an instant on, oldest first
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html). None while the group is missing.
 */
export async function linesSince(
  source: LogSource,
  since: number,
  pattern: string | undefined,
  ports: Ports,
): Promise<readonly FoundLine[]> {
  const logs = await ports.aws.logs();
  const lines: FoundLine[] = [];
  let token: string | undefined;
  try {
    do {
      const page = await logs.filterLogEvents({
        logGroupName: source.group,
        startTime: since,
        ...(pattern === undefined ? {} : { filterPattern: pattern }),
        ...(token === undefined ? {} : { nextToken: token }),
      });
      lines.push(...(page.events ?? []).map((event) => foundLine(source, event)));
      token = page.nextToken;
    } while (token !== undefined);
  } catch (error) {
    if (!isErrorNamed(error, "ResourceNotFoundException")) throw error;
  }
  return lines;
}

function foundLine({ service }: LogSource, event: FilteredLogEvent): FoundLine {
  const { eventId = "", message = "", timestamp = 0 } = event;
  return { id: `${service}/${eventId}`, service, message, timestamp };
}

/** Lines of several services as one, in the order they were written; those of one instant keep their order. */
export function interleave(groups: readonly (readonly FoundLine[])[]): readonly FoundLine[] {
  return groups.flat().sort((a, b) => a.timestamp - b.timestamp);
}

/** What a follower has seen: asks again from a little before its newest line, and tells none twice. */
export interface Seen {
  readonly ids: ReadonlySet<string>;
  readonly since: number;
}

/** Lines may arrive this late, in milliseconds: containers hand theirs over independently. */
const lateness = 10_000;

/** The lines that are new, and what is seen then. */
export function unseen(
  lines: readonly FoundLine[],
  seen: Seen,
): { readonly fresh: readonly FoundLine[]; readonly seen: Seen } {
  const fresh = lines.filter((line) => !seen.ids.has(line.id));
  const newest = Math.max(seen.since, ...lines.map((line) => line.timestamp - lateness));
  const kept = lines.filter((line) => line.timestamp >= newest).map((line) => line.id);
  return { fresh, seen: { ids: new Set(kept), since: newest } };
}
