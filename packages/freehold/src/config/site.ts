import { cdnSchema, edgeSchema } from "./edge.ts";
import { hostName } from "./host-name.ts";
import { later } from "./later.ts";
import { urlPath } from "./paths.ts";
import * as z from "./zod.ts";

/** `x-freehold` of static files behind the CDN. */
export const siteSchema = z.strictObject({
  type: z.literal("site").describe("Static files behind the CDN."),
  path: urlPath
    .default("/")
    .describe("Part of the site it answers.")
    .meta({ title: "path", examples: ["/docs"] }),
  mode: z
    .enum(["spa", "static"])
    .default("static")
    .describe(
      "What answers a path without a file ending: `spa` the one `index.html`, `static` that of the folder of this name.",
    ),
  output: z
    .string()
    .min(1)
    .describe(
      "Folder of the finished files. Where it begins with `/`, a folder of the image that the service's `build` makes; else a folder of this machine.",
    )
    .meta({ title: "folder", examples: ["/usr/share/nginx/html", "dist"] }),
  build: z
    .string()
    .optional()
    .describe(
      "Command that makes the files on this machine, in `folder`; not needed where `output` is in the image.",
    )
    .meta({ title: "command", examples: ["npm run build"] }),
  folder: z
    .string()
    .optional()
    .describe("Where `build` runs and `output` lies; the context of the service's `build`, or the project.")
    .meta({ title: "folder", examples: ["./web"] }),
  domain: later("A host name of its own.", hostName),
  cdn: later("Caching at the edge.", cdnSchema),
  edge: later("A function at the edge.", edgeSchema),
});
