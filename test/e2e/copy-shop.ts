import { cp } from "node:fs/promises";
import { join } from "node:path";
import { repository } from "../house/source-files.ts";

/** A copy of examples/shop to edit, without what was made of it. */
export function copyShop(to: string): Promise<void> {
  return cp(join(repository, "examples/shop"), to, {
    recursive: true,
    filter: (path) => !/node_modules|\.freehold|\/expected/.test(path),
  });
}
