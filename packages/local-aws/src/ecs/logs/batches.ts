import type { LogLine } from "./frames.ts";

/** Limits of PutLogEvents: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html. */
const maxEvents = 10_000;
const maxBytes = 1_048_576;
const overhead = 26;
const maxMessage = 262_144 - overhead;

/** Takes as many lines as one call may carry from the front of a queue, in order of time, and shortens the queue. */
export function takeBatch(queue: LogLine[]): readonly LogLine[] {
  let bytes = 0;
  let count = 0;
  for (const { message } of queue) {
    bytes += Buffer.byteLength(message) + overhead;
    if (count === maxEvents || bytes > maxBytes) break;
    count += 1;
  }
  return queue.splice(0, count).sort((one, other) => one.timestamp - other.timestamp);
}

/** A line as events: empty ones are none, overlong ones are cut, as the awslogs driver does. */
export function eventsOf({ timestamp, message }: LogLine): readonly LogLine[] {
  if (Buffer.byteLength(message) <= maxMessage) return message === "" ? [] : [{ timestamp, message }];
  // A character has four bytes at most, so that no piece is too long and none is cut inside one.
  const pieces = message.match(/[\s\S]{1,65000}/gu) ?? [];
  return pieces.map((piece) => ({ timestamp, message: piece }));
}
