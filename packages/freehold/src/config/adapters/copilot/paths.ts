import { partAt, type Section } from "../../yaml/tree.ts";
import { nativePath } from "./keys/http.ts";
import { textOf } from "./treatment.ts";
import type { NativeType } from "./workload.ts";

interface Claim {
  readonly name: string;
  readonly manifest: Section;
  readonly type: NativeType;
}

/**
 * The part of the site each service answers. At Copilot a site, a service on App Runner and a service with an alias have host
 * names of their own; here the services of an environment share them, so of several that claim a path the first keeps it.
 */
export function sharePaths(workloads: readonly Claim[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>();
  const facing = workloads.filter(({ type }) => type === "web" || type === "site");
  const written = facing.filter(({ manifest }) => partAt(manifest, ["http", "path"]) !== undefined);
  for (const { name, manifest } of [...written, ...facing.filter((one) => !written.includes(one))]) {
    const asked = nativePath(textOf(partAt(manifest, ["http", "path"])) ?? "/") ?? "/";
    const path = [...taken.values()].includes(asked) ? `/${name}` : asked;
    taken.set(name, path);
  }
  return taken;
}
