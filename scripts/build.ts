import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./build/bundle.ts";
import { readLock } from "./supply-chain/lock.ts";
import { sbom } from "./supply-chain/sbom.ts";

const repository = join(import.meta.dirname, "..");

/** Makes `dist` of a package: its modules as JavaScript, and beside them what else they read. */
async function build(name: string): Promise<void> {
  const folder = join(repository, "packages", name);
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  const bundled = name === "freehold" ? await bundle(folder) : compile(folder);
  const contents = sbom(readLock(join(repository, "package-lock.json")), `packages/${name}`, bundled);
  writeFileSync(join(folder, "dist/sbom.cdx.json"), `${JSON.stringify(contents, null, 2)}\n`);
  copyFileSync(join(repository, "LICENSE"), join(folder, "LICENSE"));
}

/** Nothing of others is taken in. */
function compile(folder: string): readonly string[] {
  const tsc = join(repository, "node_modules/.bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(folder, "tsconfig.build.json")], { stdio: "inherit" });
  const filter = (path: string): boolean => !/\.ts$|\/(?:testing|fixtures)$/.test(path);
  cpSync(join(folder, "src"), join(folder, "dist"), { recursive: true, filter });
  return [];
}

for (const name of process.argv.slice(2)) await build(name);
