import { nameAt } from "./licences.ts";
import { type Lock, locate } from "./lock.ts";

interface Component {
  readonly type: "library";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: "required";
  readonly licenses?: readonly { readonly expression: string }[];
  readonly hashes?: readonly { readonly alg: "SHA-512"; readonly content: string }[];
  /** `bundled`: its code is part of the published files. `installed`: npm installs it beside them. */
  readonly properties: readonly {
    readonly name: "freehold:place";
    readonly value: "bundled" | "installed";
  }[];
}

export interface Sbom {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly version: 1;
  readonly metadata: {
    readonly component: { readonly type: "application"; readonly name: string; readonly version: string };
  };
  readonly components: readonly Component[];
}

/**
 * What a published package holds, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json): the packages in its bundle and those that
 * npm installs with it, at the versions of the lock. The same sources give the same bytes, hence no serial number and no time.
 *
 * @param folder of the package in the lock, e.g. `packages/freehold`.
 * @param bundled places of the packages in the bundle, e.g. `node_modules/zod`.
 */
export function sbom(lock: Lock, folder: string, bundled: readonly string[]): Sbom {
  const installed = closure(lock, folder);
  const components = [
    ...bundled.map((place) => component(lock, place, "bundled")),
    ...installed
      .filter((place) => !bundled.includes(place))
      .map((place) => component(lock, place, "installed")),
  ];
  const { name = folder, version = "" } = lock.packages[folder] ?? {};
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", name, version } },
    components: components.sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1)),
  };
}

/** Everything that npm installs with a package: its dependencies and theirs. */
export function closure(lock: Lock, folder: string): readonly string[] {
  const found = new Set<string>();
  const visit = (place: string): void => {
    const { dependencies, optionalDependencies } = lock.packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const at = locate(lock, place, name);
      if (at === undefined || found.has(at)) continue;
      found.add(at);
      const { link, resolved } = lock.packages[at] ?? {};
      visit(link === true && resolved !== undefined ? resolved : at);
    }
  };
  visit(folder);
  return [...found].sort();
}

function component(lock: Lock, place: string, where: "bundled" | "installed"): Component {
  const entry = lock.packages[place] ?? {};
  const own = entry.link === true ? (lock.packages[entry.resolved ?? ""] ?? {}) : entry;
  const name = nameAt(place);
  const { version = "", license, integrity } = own;
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": `${purl}#${place}`,
    name,
    version,
    purl,
    scope: "required",
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    ...(integrity === undefined ? {} : { hashes: [{ alg: "SHA-512", content: hexOf(integrity) }] }),
    properties: [{ name: "freehold:place", value: where }],
  };
}

/** Of `sha512-<base64>`: https://www.w3.org/TR/SRI */
function hexOf(integrity: string): string {
  return Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
}
