import type { Section } from "../../app/describe.ts";
import { renderTable } from "./table.ts";

/** Headings, and below each its rows as columns. */
export function renderDescription(sections: readonly Section[]): readonly string[] {
  return sections.flatMap(({ heading, rows }, index) => [
    ...(index === 0 ? [] : [""]),
    heading,
    ...renderTable(rows).map((line) => `  ${line}`),
  ]);
}
