import type { Part, Recipe } from "../part.ts";
import type { Companion } from "../proposal.ts";
import { elixirDockerfile } from "./elixir.ts";
import { goDockerfile } from "./go.ts";
import { javaDockerfile } from "./java.ts";
import { nodeDockerfile } from "./node.ts";
import { phpDockerfile } from "./php.ts";
import { pythonDockerfile } from "./python.ts";
import { rubyDockerfile } from "./ruby.ts";
import { rustDockerfile } from "./rust.ts";

/** The Dockerfile of a part that has none, and a `.dockerignore` where the context has none. */
export function dockerfilesFor(part: Part, paths: ReadonlySet<string>): readonly Companion[] {
  if (part.recipe === undefined || part.dockerfile !== undefined) return [];
  const context = contextOf(part);
  const ignored = join(context, ".dockerignore");
  return [
    {
      path: join(part.folder, "Dockerfile"),
      text: rendered([
        `# An image of this ${part.kind} program, proposed by \`freehold init\`; yours to change.`,
        ...linesOf(part.recipe),
      ]),
      purpose: `a Dockerfile for the ${part.kind} program, which has none`,
    },
    ...(paths.has(ignored)
      ? []
      : [{ path: ignored, text: rendered(ignoredFiles(context)), purpose: "what a build need not see" }]),
  ];
}

/** The folder an image is built from: of a package in a workspace, the workspace. */
export function contextOf({ folder, recipe }: Part): string {
  return recipe?.language === "node" && recipe.workspace !== undefined ? "." : folder;
}

export function join(folder: string, path: string): string {
  return folder === "." ? path : `${folder}/${path}`;
}

function linesOf(recipe: Recipe): readonly string[] {
  switch (recipe.language) {
    case "node":
      return nodeDockerfile(recipe);
    case "python":
      return pythonDockerfile(recipe);
    case "go":
      return goDockerfile(recipe);
    case "ruby":
      return rubyDockerfile(recipe);
    case "php":
      return phpDockerfile(recipe);
    case "java":
      return javaDockerfile(recipe);
    case "rust":
      return rustDockerfile(recipe);
    case "elixir":
      return elixirDockerfile(recipe);
  }
}

function ignoredFiles(context: string): readonly string[] {
  const anywhere = [
    "node_modules",
    ".env",
    ".env.*",
    "__pycache__",
    ".next",
    "dist",
    "target",
    "_build",
    "deps",
  ].map((name) => `**/${name}`);
  return [".git", ".freehold", ...(context === "." ? ["freehold.yml"] : []), ...anywhere];
}

function rendered(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
