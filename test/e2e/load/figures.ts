import type { PrintedEvent } from "../command-line.ts";
import type { Seen, Sighting } from "./journal.ts";

/** What a release looked like to those who came meanwhile; seconds since it was asked for. */
export interface Switch {
  /** The new edition's first answer. */
  readonly first: number;
  /** The old edition's last request. */
  readonly last: number;
  /** What the old edition still had to answer then, and did. */
  readonly underWay: readonly Sighting[];
}

/** How requests of a kind went over from one edition to the next. */
export function switchOf(
  { sightings }: Seen,
  turn: { readonly kind: string; readonly from: string; readonly to: string; readonly began: number },
): Switch {
  const own = sightings.filter(({ what }) => what.includes(turn.kind));
  const old = own.filter(({ edition }) => edition === turn.from);
  const fresh = own.filter(({ edition }) => edition === turn.to);
  const first = fresh.reduce((least, { ended }) => Math.min(least, ended), Number.POSITIVE_INFINITY);
  const last = old.reduce((most, { began }) => Math.max(most, began), Number.NEGATIVE_INFINITY);
  const since = (time: number) => (time - turn.began) / 1000;
  return { first: since(first), last: since(last), underWay: old.filter(({ ended }) => ended > last) };
}

/** In a line: when the new edition came, when the old one was asked last, and how long what it had begun went on. */
export function renderSwitch({ first, last, underWay }: Switch): string {
  const longest = underWay.reduce((most, { began, ended }) => Math.max(most, ended - began), 0);
  return [
    `new answers from ${first.toFixed(1)} s`,
    `the old one's last request at ${last.toFixed(1)} s`,
    `${underWay.length} of its answers under way then, the longest of ${(longest / 1000).toFixed(1)} s`,
  ].join(", ");
}

/** Requests, and the median and 99th percentile of their milliseconds, for those of a kind. */
export function latencies({ sightings }: Seen, kind: RegExp): string {
  const times = sightings
    .filter(({ what }) => kind.test(what))
    .map(({ began, ended }) => ended - began)
    .sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0);
  return `${times.length} requests, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

/** Each finished step with its seconds, in the order they ended. */
export function stepTimes(events: readonly PrintedEvent[]): string {
  return events
    .filter(({ type }) => type === "step-finished")
    .map((event) => `${event["id"]} ${Number(event["seconds"]).toFixed(1)}`)
    .join(", ");
}

/** Editions that were answered to requests of a kind, sorted. */
export function editionsOf({ sightings }: Seen, kind: string): readonly string[] {
  const own = sightings.filter(({ what }) => what.includes(kind));
  return [...new Set(own.map(({ edition }) => edition))].sort();
}

/** Whether the last answers of a kind, more than there are clients of it at a time, were all of one edition. */
export function isOver({ sightings }: Seen, kind: string, edition: string): boolean {
  const own = sightings.filter(({ what }) => what.includes(kind)).slice(-10);
  return own.length === 10 && own.every((one) => one.edition === edition);
}
