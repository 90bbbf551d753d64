import type { ReportRow } from "../adapter.ts";
import type { Outcome } from "./walk.ts";

/** The fate of a key as `freehold import` tells it: a row for each setting it became, the first with what is to be said. */
export function rowsOf({ key, place, becomes }: Outcome): readonly ReportRow[] {
  if (becomes.outcome !== "mapped")
    return [{ key, place, outcome: becomes.outcome, message: becomes.message }];
  const paths = new Set(becomes.writes.map(({ path }) => path.join(".")));
  return [...paths].map((to, index) => ({
    key,
    place,
    outcome: "mapped",
    to,
    message: index === 0 ? (becomes.message ?? "") : "",
  }));
}
