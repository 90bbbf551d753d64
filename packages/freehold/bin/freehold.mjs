#!/usr/bin/env node
import { existsSync } from "node:fs";
import * as module from "node:module";
import { keepCompiled } from "./compile-cache.mjs";

const needed = 24;

/** Node of the `node` package where one is installed; an older Node is enough to start it. */
function newerNode() {
  try {
    return module.createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    return undefined;
  }
}

/** An interrupt reaches the other process as well; this one stays until that has ended in order. */
async function startAgain(node) {
  const { spawn } = await import("node:child_process");
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  child.on("error", tooOld);
  child.on("exit", (code) => {
    process.exitCode = code ?? 130;
  });
}

function tooOld() {
  console.error(`Freehold needs Node ${needed} or newer; this is ${process.versions.node}.`);
  process.exitCode = 1;
}

/** In the repository the sources, so that nothing stale ever runs; in an installed package what was made of them. */
async function run() {
  keepCompiled();
  const sources = new URL("../src/cli/main.ts", import.meta.url);
  await import(existsSync(sources) ? sources : new URL("../dist/cli/main.js", import.meta.url));
}

const node = Number.parseInt(process.versions.node, 10) >= needed ? process.execPath : newerNode();
if (node === process.execPath) await run();
else if (node === undefined) tooOld();
else await startAgain(node);
