import { z } from "zod";
import { later } from "./later.ts";
import { urlPath } from "./paths.ts";

/** `x-freehold` of static files behind the CDN. */
export const siteSchema = z.strictObject({
  type: z.literal("site").describe("Static files behind the CDN."),
  path: urlPath.default("/").describe("Part of the site it answers."),
  mode: z
    .enum(["spa", "static"])
    .default("static")
    .describe("`spa`: routes without a file ending answer index.html; `static`: …/index.html."),
  output: z
    .string()
    .min(1)
    .describe("Folder of the finished files: absolute in the built image, else in the project."),
  build: z.string().optional().describe("Command that builds the site on this machine, in `folder`."),
  folder: z.string().optional().describe("Where `build` runs; the Compose build's context, or the project."),
  domain: later("A host name of its own."),
  cdn: later("Caching at the edge."),
  edge: later("A function at the edge."),
});
