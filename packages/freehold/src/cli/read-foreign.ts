import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { ForeignSources } from "../config/adapters/adapt.ts";
import type { Adapter } from "../config/adapters/adapter.ts";
import { readExisting, readSource, shownPath } from "./source-files.ts";

/** Whether a project's folder holds files that mean this adapter. */
export function isForeign({ main, signs = [] }: Adapter, project: string): boolean {
  return pathsIn(project, [main, ...signs]).length > 0;
}

/** Every file of another tool that a project's folder holds, the main one first where it is there. */
export function readForeign(adapter: Adapter, project: string): ForeignSources {
  const found = pathsIn(project, adapter.reads);
  const main = found.filter((name) => name === adapter.main);
  const others = found.filter((name) => name !== adapter.main);
  const files = [...main, ...others].map((name) => ownFile(project, name));
  return { adapter, files, noticed: pathsIn(project, adapter.notices) };
}

/** These files of another tool, the main one first. */
export function readForeignFiles(adapter: Adapter, paths: readonly string[]): ForeignSources {
  return { adapter, files: paths.map((path) => readFile(path, basename(path))), noticed: [] };
}

/** A link may lead out of the project. */
function ownFile(project: string, name: string) {
  const path = join(project, name);
  return { ...(readExisting(project, name, shownPath(path)) ?? readSource(path, shownPath(path))), name };
}

function readFile(path: string, name: string) {
  return { ...readSource(path, shownPath(path)), name };
}

function pathsIn(project: string, patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], { cwd: project })
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}
