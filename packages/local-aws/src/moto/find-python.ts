import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "../children/environment.ts";
import { findProgram, trustedPath } from "../children/programs.ts";

const run = promisify(execFile);

/** A Python that can import moto's server, and where its botocore keeps the service models. */
export interface Python {
  readonly executable: string;
  readonly motoVersion: string;
  /** botocore's `data` folder. */
  readonly models: string;
  /** Where `pip install --user` has installed. */
  readonly home: string;
}

/** What Python is looked for with. */
export interface PythonSearch {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder from which we were called. */
  readonly calledFrom: string;
  /** Our own; a virtual environment in its `venv` is looked at last. */
  readonly folder: string;
}

/** No Python with moto's server was found. */
export class MotoMissing extends Error {
  override readonly name = "MotoMissing";
}

/**
 * Isolated, so that no module of the current folder or of PYTHONPATH takes the place of moto (https://docs.python.org/3/using/cmdline.html#cmdoption-I),
 * but with what `pip install --user` installed, which that leaves out.
 */
export const isolated = ["-I", "-B", "-u"] as const;
const addUserSite = `
import site, sys
if sys.prefix == sys.base_prefix:
    site.addsitedir(site.getusersitepackages())
`;

/** Prints one JSON line; importing `flask` proves that moto came with its server. */
const probe = `${addUserSite}
import json, os, botocore, flask, moto
print(json.dumps({"executable": sys.executable, "motoVersion": moto.__version__,
                  "models": os.path.join(os.path.dirname(botocore.__file__), "data")}))
`;

/** What belongs to no repository: a shim of a version switcher reads its settings from the current folder. */
const outside = "/";

/**
 * Looks for moto in this order: the interpreter of `moto_server` on the PATH, the `python3` beside it (version switchers
 * put a shell script in its place), `python3` on the PATH, a virtual environment in `<folder>/venv`. Nothing that belongs to the folder from
 * which we were called is run.
 * @throws MotoMissing
 */
export async function findPython({ environment, calledFrom, folder }: PythonSearch): Promise<Python> {
  const { PATH: path = "", HOME: home = outside } = environment;
  const folders = await trustedPath({ path, folder: calledFrom, home });
  const env = { ...childEnvironment(environment), PATH: folders.join(delimiter) };
  const script = await findProgram("moto_server", folders);
  const beside = script === undefined ? undefined : join(dirname(script), "python3");
  const candidates = [
    await interpreterOf(script),
    beside,
    await findProgram("python3", folders),
    join(folder, "venv/bin/python3"),
  ];
  for (const candidate of candidates) {
    const found = candidate === undefined ? undefined : await ask(candidate, env);
    if (found !== undefined) return found;
  }
  throw new MotoMissing(
    "moto is not installed; put `moto_server` on the PATH, e.g. with `pipx install 'moto[server,all]==5.2.1'`",
  );
}

async function ask(executable: string, env: Readonly<Record<string, string>>): Promise<Python | undefined> {
  try {
    const { stdout } = await run(executable, [...isolated, "-c", probe], { env, cwd: outside });
    // The parse boundary: the program above printed it.
    const found = JSON.parse(stdout) as Omit<Python, "home">;
    return { ...found, home: env["HOME"] ?? outside };
  } catch {
    return undefined;
  }
}

/** The `#!` line of a script that pip installed names its interpreter. */
async function interpreterOf(script: string | undefined): Promise<string | undefined> {
  if (script === undefined) return undefined;
  const [first = ""] = (await readFile(script, "latin1")).split("\n");
  const interpreter = /^#!\s*(\/\S*python[\d.]*)\s*$/.exec(first);
  return interpreter?.[1];
}
