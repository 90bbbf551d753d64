import { createHash } from "node:crypto";
import type { Settings } from "../platform.ts";

/** What everything of the instance with this absolute folder is labelled with in Docker. */
export function labelOf(folder: string): Settings["label"] {
  return { key: "local-aws", value: createHash("sha256").update(folder).digest("hex").slice(0, 8) };
}
