import type { Emit, Event } from "../events.ts";

/** Collects events as lines a reader can compare: no times, no durations. */
export function createTranscript(): {
  readonly emit: Emit;
  readonly events: Event[];
  lines(): readonly string[];
} {
  const events: Event[] = [];
  const emit: Emit = (event) => {
    events.push(event);
  };
  return { emit, events, lines: () => events.map(lineOf) };
}

function lineOf(event: Event): string {
  switch (event.type) {
    case "step-started":
      return `${event.id} …`;
    case "step-progress":
      return `${event.id} ~ ${event.message}`;
    case "step-finished":
      return `${event.id} ${event.outcome}${event.detail === undefined ? "" : ` (${event.detail})`}`;
    case "step-failed":
      return `${event.id} failed: ${event.message}`;
    case "output":
      return `${event.source} | ${event.line}`;
    case "note":
      return `note ${event.subject} ${event.message}`;
    default:
      return event.type;
  }
}
