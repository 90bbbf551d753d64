import type { Place } from "../../../errors.ts";
import type { Outcome } from "./walk.ts";

/** A key of the files that were read, and what became of it. */
export interface Row {
  readonly key: string;
  readonly place: Place;
  readonly outcome: "mapped" | "noted" | "without counterpart";
  /** Where it stands in the native file; empty unless mapped. */
  readonly to: string;
  readonly message: string;
}

export function row({ key, place, becomes }: Outcome): Row {
  if (becomes.outcome !== "mapped")
    return { key, place, outcome: becomes.outcome, to: "", message: becomes.message };
  const to = [...new Set(becomes.writes.map(({ path }) => path.join(".")))].join(", ");
  return { key, place, outcome: "mapped", to, message: becomes.message ?? "" };
}
