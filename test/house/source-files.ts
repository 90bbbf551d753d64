import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "../..");

export interface SourceFile {
  /** Relative to the repository, `/`-separated. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  readonly specifier: string;
  /** Relative to the repository; undefined for a package or a builtin. */
  readonly target?: string;
}

/** The TypeScript files below a folder; `*.test.ts` and test doubles only when asked. */
export function sourceFiles(folder: string, options: { withTests?: boolean } = {}): readonly SourceFile[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts"))
    .filter((path) => options.withTests === true || !isTestFile(path))
    .sort()
    .map(readSource);
}

export function isTestFile(path: string): boolean {
  return /\.test\.ts$|\.testing\.ts$|\/testing\//.test(path);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(repository, path), "utf8");
  return { path, text, imports: importsOf(path, text) };
}

const staticImport = /^\s*(?:import|export)\b(?:[^"';]*?\bfrom\s*)?\s*["']([^"']+)["']/gm;
const dynamicImport = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

function importsOf(path: string, text: string): readonly Import[] {
  const found = [...text.matchAll(staticImport), ...text.matchAll(dynamicImport)].map(
    (match) => match[1] ?? "",
  );
  return found.map((specifier) =>
    specifier.startsWith(".")
      ? { specifier, target: relative(repository, resolve(repository, dirname(path), specifier)) }
      : { specifier },
  );
}
