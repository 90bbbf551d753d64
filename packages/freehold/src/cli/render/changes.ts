import type { Event } from "../../engine/events.ts";

type Changes = Extract<Event, { type: "changes" }>["changes"];

const marks = { create: "+", update: "~", replace: "±", delete: "-", forget: "·", import: "↓" } as const;

/** Planned changes for the reader: what is made by kind and count, everything else one by one. */
export function renderChanges(stack: string, changes: Changes): readonly string[] {
  if (changes.length === 0) return [`  ${stack}: nothing to change`];
  const made = changes.filter((change) => change.action === "create");
  const others = changes.filter((change) => change.action !== "create");
  return [
    `  ${stack}:`,
    ...others.map((change) => {
      const why = change.action === "replace" ? change.replacedFor : change.changed;
      return `    ${marks[change.action]} ${change.address}${why.length === 0 ? "" : ` (${why.join(", ")})`}`;
    }),
    ...(made.length > 12 ? byKind(made) : made.map((change) => `    + ${change.address}`)),
  ];
}

function byKind(made: Changes): readonly string[] {
  const kinds = Map.groupBy(made, (change) => change.type.replace(/^aws_/, "").replaceAll("_", " "));
  const words = [...kinds].map(([kind, list]) => (list.length === 1 ? kind : `${list.length} × ${kind}`));
  return [`    + ${made.length} to create: ${words.join(", ")}`];
}
