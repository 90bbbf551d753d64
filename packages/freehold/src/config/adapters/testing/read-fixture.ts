import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "../../../app/application.ts";
import { Findings } from "../../findings.ts";
import { parseApplication } from "../../parse.ts";
import { adapt, type ForeignSources } from "../adapt.ts";
import type { Adapted, Adapter } from "../adapter.ts";

/** Files of another tool in a folder of fixtures, the main one first. */
export function fixture(adapter: Adapter, folder: string, names: readonly string[]): ForeignSources {
  return sources(
    adapter,
    names.map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** Files of another tool, by name and text. */
export function sources(
  adapter: Adapter,
  files: readonly (readonly [name: string, text: string])[],
): ForeignSources {
  return { adapter, files: files.map(([name, text]) => ({ name, path: name, text })), noticed: [] };
}

export function adaptFixture(foreign: ForeignSources): Adapted {
  return adapt(foreign, new Findings());
}

export function applicationOf(foreign: ForeignSources): Application {
  return parseApplication([], { folder: "project", variables: {}, foreign });
}

/** What becomes of each key: `cnc.yml services.api.command` → `mapped`. Items of a list count as one. */
export function outcomesOf({ report }: Adapted): Readonly<Record<string, string>> {
  const rows = report.map(({ key, place, outcome }) => [
    `${place.file} ${key.replaceAll(/\[\d+\]/g, "[]")}`,
    outcome,
  ]);
  return Object.fromEntries(rows);
}
