import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "../../errors.ts";
import type { Disk } from "../disk.ts";
import type { SourceFile } from "../source.ts";
import { parse } from "./parse.ts";

/** A file that is wrong in one way, and what is said of it: `line:column subject message // hint`. */
export interface BadFile {
  readonly what: string;
  readonly file: string;
  readonly says: readonly string[];
}

/** A file of two lines, the second of which holds these settings of the collection `c` from column 32 on. */
export function inCollection(settings: string): string {
  return `services: {a: {image: x}}\nx-freehold: {collections: {c: {${settings}}}}`;
}

/** The same of its environment `e`, from column 51 on. */
export function inEnvironment(settings: string): string {
  return inCollection(`environments: {e: {${settings}}}`);
}

export function testBadFiles(rows: readonly BadFile[]): void {
  for (const { what, file, says } of rows) {
    test(what, () => assert.deepEqual(problemsOf(file.replace(/^\n/, "")), says));
  }
}

/** All problems of one Compose file named `f`. */
export function problemsOf(
  text: string,
  variables: Readonly<Record<string, string>> = {},
  disk?: Disk,
): readonly string[] {
  return problemsOfFiles(text, [], variables, disk);
}

/** The same of a file that names others. */
export function problemsOfFiles(
  text: string,
  namedFiles: readonly SourceFile[] = [],
  variables: Readonly<Record<string, string>> = {},
  disk?: Disk,
): readonly string[] {
  try {
    parse(text, variables, disk, namedFiles);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ place, subject, message, hint }) => {
      const at = `${place?.line}:${place?.column}`;
      return `${at} ${subject} ${message}${hint === undefined ? "" : ` // ${hint}`}`.replaceAll(
        / {2,}/g,
        " ",
      );
    });
  }
}
