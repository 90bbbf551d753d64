import { Findings } from "../../../findings.ts";
import { parseApplication } from "../../../parse.ts";
import { partAt, type Section, toValue } from "../../../yaml/tree.ts";
import { adapt, type ForeignSources } from "../../adapt.ts";
import type { ReportRow } from "../../adapter.ts";
import { copilotAdapter } from "../adapter.ts";

/** Texts by path below the folder `copilot`. */
export type Files = Readonly<Record<string, string>>;

export interface Translated {
  readonly document: Section;
  readonly rows: readonly ReportRow[];
  /** What stands at that path of the native file. */
  value(...path: readonly string[]): unknown;
}

/** @throws UserError with what is wrong in the files. */
export function translated(files: Files): Translated {
  const findings = new Findings();
  const { document, report } = adapt(sourcesOf(files), findings);
  findings.throwProblems();
  const value = (...path: readonly string[]) => {
    const part = partAt(document, path);
    return part === undefined ? undefined : toValue(part);
  };
  return { document, rows: report, value };
}

export function sourcesOf(files: Files): ForeignSources {
  const isYaml = (path: string) =>
    path === ".workspace" || (/\.ya?ml$/.test(path) && !/overrides|buildspec/.test(path));
  const all = Object.entries(files).map(([path, text]) => ({
    path: `copilot/${path}`,
    name: `copilot/${path}`,
    text,
  }));
  return {
    adapter: copilotAdapter,
    files: all.filter(({ name }) => isYaml(name.slice("copilot/".length))),
    noticed: all.map(({ name }) => name).filter((name) => !isYaml(name.slice("copilot/".length))),
  };
}

export function applicationOf(files: Files, variables: Readonly<Record<string, string>> = {}) {
  return parseApplication([], { folder: "house", variables, foreign: sourcesOf(files) });
}
