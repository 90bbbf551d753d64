import { Findings } from "../../../findings.ts";
import { partAt, toValue } from "../../../yaml/tree.ts";
import type { Row } from "../report.ts";
import { translateWorkspace } from "../workspace.ts";

/** Texts by path below the folder `copilot`. */
export type Files = Readonly<Record<string, string>>;

export interface Translated {
  readonly rows: readonly Row[];
  /** What stands at that path of the native file. */
  value(...path: readonly string[]): unknown;
}

/** @throws UserError with what is wrong in the files. */
export function translated(files: Files): Translated {
  const findings = new Findings();
  const sources = Object.entries(files).map(([path, text]) => ({
    path,
    source: { path: `copilot/${path}`, text },
  }));
  const { tree, rows } = translateWorkspace(sources, findings);
  findings.throwProblems();
  const value = (...path: readonly string[]) => {
    const part = partAt(tree, path);
    return part === undefined ? undefined : toValue(part);
  };
  return { rows, value };
}
