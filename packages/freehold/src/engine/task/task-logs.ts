import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";
import type { RevisionContainer } from "./task-definition.ts";

/** One container of one task, in CloudWatch Logs. */
export interface LogStream {
  readonly group: string;
  readonly stream: string;
}

export interface LogLine {
  /** Without its line ending. */
  readonly line: string;
  /** ISO 8601, UTC. */
  readonly time: string;
}

/** Where the awslogs driver puts a container's output; undefined when it writes none. */
export function streamOf(container: RevisionContainer | undefined, taskArn: string): LogStream | undefined {
  const logs = container?.logs;
  if (container === undefined || logs === undefined) return undefined;
  return { group: logs.group, stream: `${logs.prefix}/${container.name}/${taskId(taskArn)}` };
}

/** The id at the end of a task's ARN. */
export function taskId(taskArn: string): string {
  return taskArn.slice(taskArn.lastIndexOf("/") + 1);
}

/** The last lines of a stream, oldest first; none while there is no stream. */
export async function lastLines(stream: LogStream, count: number, ports: Ports): Promise<readonly LogLine[]> {
  const page = await readPage(stream, { limit: count, startFromHead: false }, ports);
  return page.lines.slice(-count);
}

/** A reader that answers, each time it is called, the lines that came since. */
export function logReader(stream: LogStream, ports: Ports): () => Promise<readonly LogLine[]> {
  let token: string | undefined;
  return async () => {
    const lines: LogLine[] = [];
    for (;;) {
      const from = token === undefined ? {} : { nextToken: token };
      const page = await readPage(stream, { startFromHead: true, ...from }, ports);
      lines.push(...page.lines);
      // The same token again means: nothing more for now.
      if (page.token === undefined || page.token === token) return lines;
      token = page.token;
    }
  };
}

interface Page {
  readonly lines: readonly LogLine[];
  readonly token?: string;
}

async function readPage(
  stream: LogStream,
  options: { readonly limit?: number; readonly startFromHead: boolean; readonly nextToken?: string },
  ports: Ports,
): Promise<Page> {
  const logs = await ports.aws.logs();
  try {
    const { events = [], nextForwardToken } = await logs.getLogEvents({
      logGroupName: stream.group,
      logStreamName: stream.stream,
      ...options,
    });
    const lines = events.map(({ message = "", timestamp = 0 }) => logLine(message, timestamp));
    return { lines, ...(nextForwardToken === undefined ? {} : { token: nextForwardToken }) };
  } catch (error) {
    // The driver makes the stream with its first line.
    if (isErrorNamed(error, "ResourceNotFoundException")) return { lines: [] };
    throw error;
  }
}

/** @param timestamp milliseconds since 1970. */
export function logLine(message: string, timestamp: number): LogLine {
  return { line: message.replace(/\r?\n$/, ""), time: new Date(timestamp).toISOString() };
}
