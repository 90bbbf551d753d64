import { describeHostCommand } from "../../app/host-command.ts";
import type { Event } from "../../engine/events.ts";
import type { ForeseenService } from "../../engine/release/foreseen.ts";
import { renderChanges } from "./changes.ts";

/** What an event says besides the steps, and stays to be read. */
export function renderLasting(event: Event): readonly string[] {
  if (event.type === "changes") return renderChanges(event.stack, event.changes);
  if (event.type === "foreseen") return renderForeseen(event.services);
  if (event.type === "host-command") return [`  ${event.site}: ${describeHostCommand(event)}`];
  if (event.type === "note") return [`  note: ${event.subject}: ${event.message}`];
  return [];
}

function renderForeseen(services: readonly ForeseenService[]): readonly string[] {
  const line = ({ name, changed }: ForeseenService) =>
    `    ~ ${name}${changed.length === 0 ? "" : ` (${changed.join(", ")})`}`;
  return ["  release:", ...services.map(line)];
}
