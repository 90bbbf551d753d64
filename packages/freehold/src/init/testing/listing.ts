import type { Repository } from "../repository.ts";

/** A repository of these files, by path; `name` is its folder's. */
export function listing(files: Readonly<Record<string, string>>, name = "shop"): Repository {
  return { name, paths: Object.keys(files).sort(), texts: new Map(Object.entries(files)) };
}

/** A package.json with these dependencies and scripts. */
export function packageFile(
  dependencies: readonly string[],
  scripts: Readonly<Record<string, string>> = {},
): string {
  return JSON.stringify({
    dependencies: Object.fromEntries(dependencies.map((name) => [name, "*"])),
    scripts,
  });
}
