import { readFileSync } from "node:fs";

/** One entry of `package-lock.json`, format 3: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export interface LockedPackage {
  /** Of the repository's own packages alone. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  /** A package of this repository, linked from `node_modules`. */
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly devDependencies?: Names;
  readonly peerDependencies?: Names;
}
type Names = Readonly<Record<string, string>>;

/** Entries by their folder: `""` is the root, `node_modules/a/node_modules/b` a package below another. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export function readLock(path: string): Lock {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Where Node finds `name` from the package in `from`: the nearest `node_modules` that has it. */
export function locate({ packages }: Lock, from: string, name: string): string | undefined {
  const place = from === "" ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (Object.hasOwn(packages, place)) return place;
  return from === "" ? undefined : locate({ packages }, parentOf(from), name);
}

function parentOf(place: string): string {
  const end = place.lastIndexOf("/node_modules/");
  return end === -1 ? "" : place.slice(0, end);
}

/** What `npm ci` refuses or cannot verify, on any operating system: names without an entry, and entries without a hash. */
export function gaps(lock: Lock): readonly string[] {
  const entries = Object.entries(lock.packages);
  const missing = entries.flatMap(([place, entry]) =>
    needed(place, entry)
      .filter((name) => locate(lock, place, name) === undefined)
      .map((name) => `${place} needs ${name}, which has no entry`),
  );
  const unverified = entries
    .filter(([place, { link, integrity }]) => isInstalled(place) && link !== true && integrity === undefined)
    .map(([place]) => `${place} has no integrity`);
  return [...missing, ...unverified];
}

/** Development dependencies count for the packages of this repository alone. */
function needed(place: string, entry: LockedPackage): readonly string[] {
  const { dependencies, optionalDependencies, devDependencies } = entry;
  const own = isInstalled(place) ? {} : devDependencies;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...own });
}

export function isInstalled(place: string): boolean {
  return place.includes("node_modules/");
}

/** Entries that name a registry's host, which would tie an installation to it. */
export function hosts(lock: Lock): readonly string[] {
  return Object.values(lock.packages).flatMap(({ resolved, link }) =>
    link === true || resolved === undefined ? [] : [resolved],
  );
}
