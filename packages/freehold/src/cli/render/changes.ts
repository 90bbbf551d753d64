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
    ...others.map(
      (change) => `    ${marks[change.action]} ${change.address}${why(change)}${warning(change)}`,
    ),
    ...(made.length > 12 ? byKind(made) : made.map((change) => `    + ${change.address}`)),
  ];
}

function why({ action, replacedFor, changed }: Changes[number]): string {
  const names = action === "replace" ? replacedFor : changed;
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

function warning({ losesData }: Changes[number]): string {
  return losesData ? " — its data would be lost" : "";
}

function byKind(made: Changes): readonly string[] {
  const kinds = Map.groupBy(made, (change) => change.type.replace(/^aws_/, "").replaceAll("_", " "));
  const words = [...kinds].map(([kind, list]) => (list.length === 1 ? kind : `${list.length} × ${kind}`));
  return [`    + ${made.length} to create: ${words.join(", ")}`];
}
