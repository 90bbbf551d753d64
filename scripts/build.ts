import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./build/bundle.ts";

const repository = join(import.meta.dirname, "..");

/** Makes `dist` of a package: its modules as JavaScript, and beside them what else they read. */
async function build(name: string): Promise<void> {
  const folder = join(repository, "packages", name);
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  if (name === "freehold") await bundle(folder);
  else compile(folder);
  copyFileSync(join(repository, "LICENSE"), join(folder, "LICENSE"));
}

function compile(folder: string): void {
  const tsc = join(repository, "node_modules/.bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(folder, "tsconfig.build.json")], { stdio: "inherit" });
  const filter = (path: string): boolean => !/\.ts$|\/(?:testing|fixtures)$/.test(path);
  cpSync(join(folder, "src"), join(folder, "dist"), { recursive: true, filter });
}

for (const name of process.argv.slice(2)) await build(name);
