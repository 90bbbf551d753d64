import type { Outcome, ReportRow } from "../../config/adapters/adapter.ts";
import { renderTable } from "./table.ts";
import { wrap } from "./wrap.ts";

const titles: Readonly<Record<Outcome, string>> = {
  mapped: "mapped",
  noted: "noted: it happens anyway, or in another way",
  "without counterpart": "without counterpart: look through these",
};

const outcomes: readonly Outcome[] = ["mapped", "noted", "without counterpart"];

/** What became of every key of another tool's files, what needs an eye last. */
export function renderReport(report: readonly ReportRow[], columns = 120): readonly string[] {
  const parts = outcomes.flatMap((outcome) => {
    const rows = report.filter((row) => row.outcome === outcome);
    return rows.length === 0 ? [] : ["", titles[outcome], ...renderRows(rows, columns)];
  });
  const counts = outcomes.map((one) => `${report.filter(({ outcome }) => outcome === one).length} ${one}`);
  return [...parts.slice(1), "", `${report.length} keys: ${counts.join(", ")}`];
}

function renderRows(rows: readonly ReportRow[], columns: number): readonly string[] {
  const cells = rows.map((row) => [
    `  ${placeOf(row)}`,
    row.key,
    ...(row.to === undefined ? [] : [`→ ${row.to}`]),
  ]);
  return renderTable(cells).flatMap((line, index) => {
    const message = rows[index]?.message ?? "";
    return message === "" ? [line] : [line, ...wrap(message, columns, " ".repeat(6))];
  });
}

function placeOf({ place }: ReportRow): string {
  return place.line === undefined ? place.file : `${place.file}:${place.line}`;
}
