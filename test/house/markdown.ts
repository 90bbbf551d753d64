import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { headingAnchor } from "../../scripts/generate-reference/markdown.ts";
import { repository } from "./source-files.ts";

/** A page of Markdown as its tests see it: what is fenced, and what is not. */
export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly fences: readonly Fence[];
  /** The lines outside fences; a fenced line is empty here. */
  readonly prose: readonly string[];
}

export interface Fence {
  /** Line of the opening marks, from 1. */
  readonly line: number;
  /** What stands after the opening marks: `yaml`, `yaml fragment`. */
  readonly info: string;
  readonly text: string;
}

/** The pages that tell users and contributors of the product. */
export function pages(): readonly Page[] {
  const folders = ["packages/freehold", "packages/local-aws", "bench", "examples"];
  return [
    ...readdirSync(repository).filter((name) => name.endsWith(".md")),
    ...["docs", ...folders].flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
        .map((name) => `${folder}/${name}`),
    ),
  ]
    .sort()
    .map((path) => readPage(path, readFileSync(join(repository, path), "utf8")));
}

/** Reads fences as CommonMark has them, flush with the margin (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
export function readPage(path: string, text: string): Page {
  const fences: Fence[] = [];
  const prose: string[] = [];
  let open: { readonly line: number; readonly info: string; readonly lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    prose.push(open === undefined && !line.startsWith("```") ? line : "");
    if (open === undefined) {
      if (line.startsWith("```")) open = { line: index + 1, info: line.slice(3).trim(), lines: [] };
    } else if (line === "```") {
      fences.push({ line: open.line, info: open.info, text: `${open.lines.join("\n")}\n` });
      open = undefined;
    } else open.lines.push(line);
  }
  return { path, fences, prose };
}

/** The texts between backticks, with the line each stands on. */
export function inlineCodes({ prose }: Page): readonly { readonly line: number; readonly text: string }[] {
  return prose.flatMap((line, index) =>
    [...line.matchAll(/`([^`]+)`/g)].map((match) => ({ line: index + 1, text: match[1] ?? "" })),
  );
}

/** Where a page's links lead, without those to other sites. */
export function localLinks({ prose }: Page): readonly { readonly line: number; readonly target: string }[] {
  return prose.flatMap((line, index) =>
    [...line.replaceAll(/`[^`]*`/g, "`").matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => ({ line: index + 1, target: match[1] ?? "" }))
      .filter(({ target }) => !/^[a-z]+:/.test(target)),
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchors({ prose }: Page): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    prose
      .flatMap((line) => /^#{1,6} (.*)$/.exec(line)?.[1] ?? [])
      .map((heading) => {
        const plain = headingAnchor(heading);
        const times = seen.get(plain) ?? 0;
        seen.set(plain, times + 1);
        return times === 0 ? plain : `${plain}-${times}`;
      }),
  );
}
