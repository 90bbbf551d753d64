import type { Place } from "../../errors.ts";
import type { Findings } from "../findings.ts";
import type { Section } from "../yaml/tree.ts";

/**
 * What becomes of a key of a foreign file: `mapped` to settings of ours; `noted`, because it asks for what happens anyway
 * or not in the same way; or `without counterpart`, because nothing here does what it asks.
 */
export type Outcome = "mapped" | "noted" | "without counterpart";

/** One key of a foreign file, as `freehold import` tells it. */
export interface ReportRow {
  /** Path in its file: `services.api.x-cnc.workers[0].command`. */
  readonly key: string;
  readonly place: Place;
  readonly outcome: Outcome;
  /** Path of the setting of ours it became: `services.api.x-freehold.release`. */
  readonly to?: string;
  /** What the reader should know; empty where it means the same here. */
  readonly message: string;
}

/** A foreign file as read: no variable is filled in, for other tools have rules of their own. */
export interface ForeignFile {
  /** Path from the project's folder, `/`-separated: `copilot/api/manifest.yml`. */
  readonly name: string;
  readonly tree: Section;
}

/** What an adapter is given. */
export interface Workspace {
  /** The main file first, the others by name. */
  readonly files: readonly ForeignFile[];
  /** Paths, from the project's folder, of files that are only noticed. */
  readonly noticed: readonly string[];
}

export interface Adapted {
  /** A Compose file with `x-freehold`, whose every part points into the foreign file. */
  readonly document: Section;
  /** A row for every key of the foreign files. */
  readonly report: readonly ReportRow[];
}

/**
 * Reads the files of another tool as if they were ours. To write one:
 *
 * 1. List what may be written, key by key, in tables of rules (`rules.ts`): `same`, `mapped`, `noted`, `without`, or `turned`
 *    where it depends on the value. A key without a rule is an error with a suggestion, so every documented key has one.
 * 2. `walk` goes over a section by such a table and yields rows and parts; what becomes of a part is its path in a Compose file
 *    with `x-freehold` (`part(["services", "api", "x-freehold", "release"], entry)`).
 * 3. `documentOf` (`document.ts`) plants the parts. Values keep the place of the foreign key they come from, so whatever is found
 *    wrong with them later still points there: build with `placed` rather than from nothing.
 * 4. Add the adapter to `adapters.ts`, and to its test a table of every documented key with its outcome.
 */
export interface Adapter {
  /** As `freehold import` calls it. */
  readonly name: string;
  /** The file whose presence means this adapter, from the project's folder. */
  readonly main: string;
  /** Glob patterns of files that mean this adapter to `freehold import` where the main one was left out of the repository. */
  readonly signs?: readonly string[];
  /** Glob patterns of the files it reads as YAML, from the project's folder; `main` among them. */
  readonly reads: readonly string[];
  /** Glob patterns of files whose presence alone matters. */
  readonly notices: readonly string[];
  /** Its document holds `${NAME}` of the shell, and `$$` for a dollar, as Compose writes them; else a dollar is a dollar. */
  readonly hasVariables?: boolean;
  /** What is wrong goes to the findings; the answer then lacks it. */
  adapt(workspace: Workspace, findings: Findings): Adapted;
}
