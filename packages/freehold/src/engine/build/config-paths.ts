import type { Environment } from "../../app/application.ts";

/** Paths, in the project, of the files that a service carries. */
export function configPaths(service: Environment["services"][number]): readonly string[] {
  if (service.type === "site") return [];
  return (service.configs ?? []).flatMap(({ content }) => (content.kind === "file" ? [content.path] : []));
}
