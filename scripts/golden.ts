import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { goldenFiles } from "../packages/freehold/src/aws/testing/golden.ts";

/** Writes what each example must become; the reviewer reads the difference. */
for (const [path, text] of goldenFiles()) {
  const target = join(import.meta.dirname, "..", path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(path);
}
