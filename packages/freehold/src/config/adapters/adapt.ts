import type { Findings } from "../findings.ts";
import type { SourceFile } from "../source.ts";
import { readYaml } from "../yaml/read-yaml.ts";
import type { Adapted, Adapter, ForeignFile, ReportRow } from "./adapter.ts";

/** A foreign file's text. */
export interface ForeignSource extends SourceFile {
  /** Path from the project's folder, `/`-separated. */
  readonly name: string;
}

/** The files of another tool, as the caller has found them. */
export interface ForeignSources {
  readonly adapter: Adapter;
  /** The main file first. */
  readonly files: readonly ForeignSource[];
  readonly noticed: readonly string[];
}

/**
 * Reads the files of another tool as if they were ours. What is not mapped becomes a note, for nothing is dropped silently.
 *
 * @throws UserError when a file cannot be read as YAML, or holds what is not in the tool's language.
 */
export function adapt({ adapter, files, noticed }: ForeignSources, findings: Findings): Adapted {
  const read = files.flatMap((file): readonly ForeignFile[] => {
    const tree = readYaml(file, findings);
    return tree === undefined ? [] : [{ name: file.name, tree }];
  });
  findings.throwProblems();
  const adapted = adapter.adapt({ files: read, noticed }, findings);
  // What lacks a part is not what the user means: what follows from it would mislead.
  findings.throwProblems();
  for (const row of adapted.report) noteRow(row, files[0]?.path, findings);
  return adapted;
}

/** @param main the file whose keys need no word of where they are. */
function noteRow(
  { key, place, outcome, message }: ReportRow,
  main: string | undefined,
  findings: Findings,
): void {
  if (outcome === "mapped") return;
  const subject = place.file === main ? key : `${place.file}: ${key}`;
  findings.note(subject, outcome === "noted" ? message : `has no counterpart: ${message}`);
}
