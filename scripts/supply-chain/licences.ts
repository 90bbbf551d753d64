import { isInstalled, type Lock, type LockedPackage } from "./lock.ts";

/** SPDX identifiers (https://spdx.org/licenses) that a product under Apache-2.0 may carry. */
const permitted = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
  "Zlib",
]);

/** Packages that a licence of this list covers although their own file does not say so, each with the reason. */
export type Exceptions = Readonly<Record<string, string>>;

/** What is published or installed with a package of ours: not for development alone. */
export function production({ packages }: Lock): readonly (readonly [name: string, entry: LockedPackage])[] {
  return Object.entries(packages)
    .filter(([place, { dev, link }]) => isInstalled(place) && dev !== true && link !== true)
    .map(([place, entry]) => [nameAt(place), entry]);
}

/** Name of the package in a folder such as `node_modules/a/node_modules/@b/c`. */
export function nameAt(place: string): string {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** What is wrong with the licences of a lock's production packages, and with its exceptions. */
export function licenceProblems(
  lock: Lock,
  bundled: readonly string[],
  exceptions: Exceptions,
): readonly string[] {
  const inBundle = new Set(bundled);
  const taken = Object.entries(lock.packages)
    .filter(([place, { dev }]) => dev === true && inBundle.has(nameAt(place)))
    .map(([place, entry]) => [nameAt(place), entry] as const);
  const all = [...production(lock), ...taken];
  const refused = all
    .filter(([name, { license }]) => !Object.hasOwn(exceptions, name) && !isPermitted(license))
    .map(([name, { version, license }]) => `${name} ${version}: ${license ?? "no licence"} is not permitted`);
  const unused = Object.keys(exceptions)
    .filter((name) => !all.some(([one, { license }]) => one === name && !isPermitted(license)))
    .map((name) => `${name} needs no exception`);
  return [...refused, ...unused];
}

/**
 * Whether one choice of an SPDX expression (`A OR B`, `A AND B`, parentheses; https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions)
 * is permitted. What is not understood is not permitted.
 */
export function isPermitted(licence: string | undefined): boolean {
  if (typeof licence !== "string") return false;
  const words = licence.match(/[()]|[^\s()]+/g) ?? [];
  const rest = { words, at: 0 };
  const value = either(rest);
  return value && rest.at === words.length;
}

interface Rest {
  readonly words: readonly string[];
  at: number;
}

function either(rest: Rest): boolean {
  let value = both(rest);
  while (rest.words[rest.at] === "OR") {
    rest.at += 1;
    const other = both(rest);
    value ||= other;
  }
  return value;
}

function both(rest: Rest): boolean {
  let value = single(rest);
  while (rest.words[rest.at] === "AND") {
    rest.at += 1;
    const other = single(rest);
    value &&= other;
  }
  return value;
}

function single(rest: Rest): boolean {
  const word = rest.words[rest.at] ?? "";
  rest.at += 1;
  if (word !== "(") return permitted.has(word);
  const value = either(rest);
  if (rest.words[rest.at] !== ")") return false;
  rest.at += 1;
  return value;
}

/** Production packages that run a program when they are installed. */
export function installScriptProblems(lock: Lock): readonly string[] {
  return production(lock)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([name, { version }]) => `${name} ${version} runs a script when it is installed`);
}
