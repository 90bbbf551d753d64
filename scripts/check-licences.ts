import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Exceptions, installScriptProblems, licenceProblems } from "./supply-chain/licences.ts";
import { readLock } from "./supply-chain/lock.ts";

const repository = join(import.meta.dirname, "..");

/** Licences that were read by a person, because the package's file does not name them. */
const exceptions: Exceptions = {};

/** Development dependencies of the published packages, each of which the bundle may take in. */
function bundled(): readonly string[] {
  const folder = join(repository, "packages");
  return readdirSync(folder).flatMap((name) => {
    const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));
    return Object.keys(devDependencies);
  });
}

const lock = readLock(join(repository, "package-lock.json"));
const problems = [...licenceProblems(lock, bundled(), exceptions), ...installScriptProblems(lock)];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
