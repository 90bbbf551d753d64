import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, relative, sep } from "node:path";

/** Where a program is looked for. */
export interface SearchPlace {
  /** The PATH. */
  readonly path: string;
  /** The folder from which we were called: a repository that we know nothing of. */
  readonly folder: string;
  readonly home: string;
}

/**
 * The entries of the PATH from which programs are run: not relative ones, not `node_modules/.bin`, and none inside the repository of the
 * folder. A repository that holds the home directory, or is it, does not count: the person's own programs are there.
 */
export async function trustedPath({ path, folder, home }: SearchPlace): Promise<readonly string[]> {
  const root = await repositoryOf(await real(folder));
  const isHome = isWithin(root, await real(home));
  const judged = await Promise.all(
    path.split(delimiter).map(async (entry) => ({ entry, place: await real(entry) })),
  );
  return judged
    .filter(({ entry }) => isAbsolute(entry))
    .filter(({ entry, place }) => ![entry, place].some((each) => each.split(sep).includes("node_modules")))
    .filter(({ place }) => isHome || !isWithin(root, place))
    .map(({ entry }) => entry);
}

/** The first executable file of a name. */
export async function findProgram(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = join(folder, name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** The nearest folder above that Git keeps; else the folder itself. */
async function repositoryOf(folder: string): Promise<string> {
  for (let each = folder; ; each = dirname(each)) {
    if ((await stat(join(each, ".git")).catch(() => undefined)) !== undefined) return each;
    if (dirname(each) === each) return folder;
  }
}

function isWithin(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
