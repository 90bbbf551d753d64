#!/usr/bin/env node
import { existsSync } from "node:fs";
import { keepCompiled } from "./compile-cache.mjs";

const needed = 24;

if (Number.parseInt(process.versions.node, 10) < needed) {
  console.error(`local-aws needs Node ${needed} or newer; this is ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  keepCompiled();
  // In the repository the sources, so that nothing stale ever runs; in an installed package what was made of them.
  const sources = new URL("../src/cli/main.ts", import.meta.url);
  await import(existsSync(sources) ? sources : new URL("../dist/cli/main.js", import.meta.url));
}
