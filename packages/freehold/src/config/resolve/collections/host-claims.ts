import type { Place } from "../../../errors.ts";
import type { Findings } from "../../findings.ts";
import { sameHost } from "../../host-name.ts";
import { type Path, partAt, placeAt, type Section, type Tree } from "../../yaml/tree.ts";
import type { Collections, WrittenEnvironment } from "./written-environments.ts";

/** A host name that leads to an environment. */
interface Claim {
  readonly host: string;
  readonly by: string;
  readonly subject: string;
  readonly place: Place;
}

/** A host name leads to one environment, and DNS keeps one zone of a name. */
export function checkHosts(
  collections: Collections,
  environments: readonly WrittenEnvironment[],
  tree: Section,
  findings: Findings,
): void {
  const claims = environments.flatMap((one) => [...ownClaims(one, tree), ...serviceClaims(one, tree)]);
  for (const same of Map.groupBy(claims, ({ host }) => host).values()) reportShared(same, findings);
  checkZones(collections, tree, findings);
}

function reportShared([first, ...others]: readonly Claim[], findings: Findings): void {
  for (const { host, by, subject, place } of others) {
    if (by === first?.by) continue;
    const message = `\`${host}\` leads to \`${first?.by}\` already`;
    const hint = "a host name leads to one environment: write it under that one alone";
    findings.problem({ code: "host", subject, message, hint, place });
  }
}

/** `domains` of the environment. */
function ownClaims({ fullName, path }: WrittenEnvironment, tree: Section): readonly Claim[] {
  const full = [...path, "domains"];
  const part = partAt(tree, full);
  if (part?.kind !== "list") return [];
  return part.items.flatMap((item, index) => {
    const subject = `${full.join(".")}[${index}]`;
    return claimOf(item, { by: fullName, subject, place: item.place });
  });
}

/** `domain` of each service; what the environment says of it wins. */
function serviceClaims({ fullName, path }: WrittenEnvironment, tree: Section): readonly Claim[] {
  const services = partAt(tree, ["services"]);
  const names = services?.kind === "section" ? [...services.entries.keys()] : [];
  return names.flatMap((name) => {
    const places: readonly Path[] = [
      [...path, "services", name, "domain"],
      ["services", name, "x-freehold", "domain"],
    ];
    const written = places.find((one) => partAt(tree, one) !== undefined);
    if (written === undefined) return [];
    const at = { by: fullName, subject: written.join("."), place: placeAt(tree, written) };
    return claimOf(partAt(tree, written), at);
  });
}

function claimOf(part: Tree | undefined, at: Omit<Claim, "host">): readonly Claim[] {
  if (part?.kind !== "scalar" || typeof part.value !== "string") return [];
  return [{ ...at, host: sameHost(part.value) }];
}

/** Collections that name no zone get one of their domain's name each, and only one of the two would ever be asked. */
function checkZones(collections: Collections, tree: Section, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const [name, own] of Object.entries(collections)) {
    if (own?.domain === undefined || own.zone !== undefined) continue;
    const owner = owners.get(own.domain);
    owners.set(own.domain, owner ?? name);
    if (owner === undefined) continue;
    const path = ["x-freehold", "collections", name, "domain"];
    const message = `\`${own.domain}\` is the domain of \`${owner}\` already`;
    const hint = `give it one of its own, as \`${name}.${own.domain}\`, or name the \`zone\` that both share`;
    findings.problem({ code: "host", subject: path.join("."), message, hint, place: placeAt(tree, path) });
  }
}
