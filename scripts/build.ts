import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");

/** Makes `dist` of a package: its modules as JavaScript, and beside them what else they read. */
function build(name: string): void {
  const folder = join(repository, "packages", name);
  const [src, dist] = [join(folder, "src"), join(folder, "dist")];
  rmSync(dist, { recursive: true, force: true });
  execFileSync(
    process.execPath,
    [join(repository, "node_modules/.bin/tsc"), "-p", join(folder, "tsconfig.build.json")],
    {
      stdio: "inherit",
    },
  );
  cpSync(src, dist, { recursive: true, filter: (path) => !/\.ts$|\/(?:testing|fixtures)$/.test(path) });
  copyFileSync(join(repository, "LICENSE"), join(folder, "LICENSE"));
}

for (const name of process.argv.slice(2)) build(name);
