#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const needed = 24;

/** Node of the `node` package where one is installed; an older Node is enough to start it. */
function newerNode() {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    return undefined;
  }
}

if (Number.parseInt(process.versions.node, 10) >= needed) await import("../src/cli/main.ts");
else {
  const node = newerNode();
  const again = node && spawnSync(node, process.argv.slice(1), { stdio: "inherit" });
  if (again === undefined || again.error !== undefined) {
    console.error(`Freehold needs Node ${needed} or newer; this is ${process.versions.node}.`);
    process.exitCode = 1;
  } else process.exitCode = again.status ?? 130;
}
