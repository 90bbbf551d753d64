import type { Place } from "../../errors.ts";
import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import { partAt, placeAt, type Section, sectionAt, type Tree } from "../yaml/tree.ts";

/** A network or service that a service joins. */
interface Joined {
  readonly key: "networks" | "network_mode";
  readonly noun: "network" | "service";
  readonly name: string;
  readonly place: Place;
}

/** Networks mean nothing on AWS, but Compose reads no file that names one it does not have. */
export function checkNetworks(tree: Section, services: Section, findings: Findings): void {
  const known = {
    network: ["default", ...(sectionAt(tree, ["networks"])?.entries.keys() ?? [])],
    service: [...services.entries.keys()],
  };
  for (const [service, { value }] of services.entries) {
    for (const { key, noun, name, place } of [...networksOf(value), ...hostOf(value)]) {
      if (known[noun].includes(name)) continue;
      const message = `\`${name}\` is no ${noun} of this file`;
      const isFirst = noun === "network" && known.network.length === 1;
      const hint = isFirst ? `name it: \`networks: { ${name}: {} }\`` : hintFor(name, known[noun]);
      findings.problem({ code: "unknown-name", subject: `services.${service}.${key}`, message, hint, place });
    }
  }
}

function networksOf(service: Tree): readonly Joined[] {
  const part = partAt(service, ["networks"]);
  const at = { key: "networks", noun: "network" } as const;
  if (part?.kind === "section") return [...part.entries].map(([name, { place }]) => ({ ...at, name, place }));
  if (part?.kind !== "list") return [];
  return part.items.flatMap((item) =>
    item.kind === "scalar" ? [{ ...at, name: String(item.value), place: item.place }] : [],
  );
}

/** `network_mode: service:api`: what runs beside another. */
function hostOf(service: Tree): readonly Joined[] {
  const part = partAt(service, ["network_mode"]);
  const name = part?.kind === "scalar" ? /^service:(.+)$/.exec(String(part.value))?.[1] : undefined;
  if (name === undefined) return [];
  return [{ key: "network_mode", noun: "service", name, place: placeAt(service, ["network_mode"]) }];
}
