#!/usr/bin/env node
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";

enableCompileCache();
// In the repository the sources, so that nothing stale ever runs; in an installed package what was made of them.
const sources = new URL("../src/cli/main.ts", import.meta.url);
await import(existsSync(sources) ? sources : new URL("../dist/cli/main.js", import.meta.url));
