import type { ReportRow } from "../adapter.ts";
import type { Outcome } from "./walk.ts";

/** The fate of a key as `freehold import` tells it. */
export function row({ key, place, becomes }: Outcome): ReportRow {
  if (becomes.outcome !== "mapped") return { key, place, outcome: becomes.outcome, message: becomes.message };
  const to = [...new Set(becomes.writes.map(({ path }) => path.join(".")))].join(", ");
  return { key, place, outcome: "mapped", to, message: becomes.message ?? "" };
}
