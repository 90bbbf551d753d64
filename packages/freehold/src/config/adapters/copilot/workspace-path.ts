import { projectPath } from "../../paths.ts";

/** Paths in manifests start at the workspace, whose folder is the project's. */

function stepsOf(path: string): readonly string[] {
  const plain = projectPath(path.replace(/^\/+/, "")) ?? path;
  return plain === "." ? [] : plain.split("/");
}

/** As Compose writes a folder of the project: `.`, `./api`, `../shared`. */
export function folderPath(folder: string): string {
  const steps = stepsOf(folder);
  if (folder.startsWith("/")) return `/${steps.join("/")}`;
  if (steps.length === 0) return ".";
  return steps[0] === ".." ? steps.join("/") : `./${steps.join("/")}`;
}

export function parentOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end);
}

/** The way from a folder to a file. */
export function relativePath(folder: string, file: string): string {
  const from = stepsOf(folder);
  const to = stepsOf(file);
  const parting = from.findIndex((step, index) => step !== to[index]);
  const shared = parting < 0 ? from.length : parting;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
