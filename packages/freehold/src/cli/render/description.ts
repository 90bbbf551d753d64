import type { Section } from "../../app/describe.ts";
import { renderTable } from "./table.ts";
import { wrap } from "./wrap.ts";

/**
 * Headings, and below each its rows as columns; where a terminal is too narrow, what is left of a row behind its first two flows
 * beside these, or below where they take more than half.
 */
export function renderDescription(
  sections: readonly Section[],
  columns = Number.POSITIVE_INFINITY,
): readonly string[] {
  return sections.flatMap(({ heading, rows }, index) => [
    ...(index === 0 ? [] : [""]),
    ...wrap(heading, columns, "", "  "),
    ...renderRows(rows, columns),
  ]);
}

function renderRows(rows: Section["rows"], columns: number): readonly string[] {
  const table = renderTable(rows).map((line) => `  ${line}`);
  if (table.every((line) => line.length <= columns)) return table;
  const widths = rows.map((row) => row.slice(0, -1).slice(0, 2));
  const heads = renderTable(widths.map((cells) => [...cells, ""])).map((line) => `  ${line}`);
  const width = Math.max(...heads.map((line) => line.length)) + 2;
  return rows.flatMap((row, index) => {
    const head = heads[index] ?? "";
    const rest = row.slice(widths[index]?.length ?? 0).join("; ");
    return width <= columns / 2
      ? wrap(rest, columns, head.padEnd(width), " ".repeat(width))
      : [head, ...wrap(rest, columns, " ".repeat(6))];
  });
}
