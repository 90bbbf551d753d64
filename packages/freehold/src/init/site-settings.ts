import { entry, type Mapping, mapping } from "./document.ts";
import type { FilesServing } from "./part.ts";

/** `x-freehold` of a front end whose router knows its own paths. */
export function siteSettings(path: string, { folder, build, output }: FilesServing): Mapping {
  return mapping(
    entry("type", "site"),
    ...(path === "/" ? [] : [entry("path", path)]),
    ...(folder === "." ? [] : [entry("folder", folder)]),
    entry("build", build),
    entry("output", output),
    entry("mode", "spa"),
  );
}
