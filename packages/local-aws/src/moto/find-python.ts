import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Python that can import moto's server, and where its botocore keeps the service models. */
export interface Python {
  readonly executable: string;
  readonly motoVersion: string;
  /** botocore's `data` folder. */
  readonly models: string;
}

/** No Python with moto's server was found. */
export class MotoMissing extends Error {
  override readonly name = "MotoMissing";
}

/** Prints one JSON line; importing `flask` proves that moto came with its server. */
const probe = `
import json, os, sys, botocore, flask, moto
print(json.dumps({"executable": sys.executable, "motoVersion": moto.__version__,
                  "models": os.path.join(os.path.dirname(botocore.__file__), "data")}))
`;

/**
 * Looks for moto in this order: the interpreter of `moto_server` on the PATH, the `python3` beside it (version switchers
 * put a shell script in its place), `python3` on the PATH, a virtual environment in `<folder>/venv`.
 * @throws MotoMissing
 */
export async function findPython(path: string, folder: string): Promise<Python> {
  const script = await firstOnPath("moto_server", path);
  const named = await interpreterOf(script);
  const beside = script === undefined ? undefined : join(dirname(script), "python3");
  for (const candidate of [named, beside, "python3", join(folder, "venv/bin/python3")]) {
    const found = candidate === undefined ? undefined : await ask(candidate);
    if (found !== undefined) return found;
  }
  throw new MotoMissing(
    "moto is not installed; put `moto_server` on the PATH, e.g. with `pipx install 'moto[server,all]==5.2.1'`",
  );
}

async function ask(executable: string): Promise<Python | undefined> {
  try {
    const { stdout } = await run(executable, ["-c", probe]);
    // The parse boundary: the program above printed it.
    return JSON.parse(stdout) as Python;
  } catch {
    return undefined;
  }
}

async function firstOnPath(program: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, program);
    if ((await stat(file).catch(() => undefined))?.isFile() === true) return file;
  }
  return undefined;
}

/** The `#!` line of a script that pip installed names its interpreter. */
async function interpreterOf(script: string | undefined): Promise<string | undefined> {
  if (script === undefined) return undefined;
  const [first = ""] = (await readFile(script, "latin1")).split("\n");
  const interpreter = /^#!\s*(\S*python[\d.]*)\s*$/.exec(first);
  return interpreter?.[1];
}
