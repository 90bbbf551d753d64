import type { ContainerService, Service } from "../../app/application.ts";
import type { Findings } from "../findings.ts";
import { placeAt } from "../yaml/tree.ts";
import { placeOfDependency } from "./dependencies.ts";
import type { Draft } from "./draft.ts";

/** One path of the site is answered by one service. */
export function checkPaths(services: readonly Service[], drafts: readonly Draft[], findings: Findings): void {
  const owners = new Map<string, string>();
  for (const service of services) {
    const draft = drafts.find(({ name }) => name === service.name);
    if (draft === undefined || (service.type !== "web" && service.type !== "site")) continue;
    if (findings.tells(`${draft.settingsSubject}.path`)) continue;
    const owner = owners.get(service.path);
    owners.set(service.path, owner ?? service.name);
    if (owner === undefined) continue;
    const place = draft.settings.entries.has("path") ? placeAt(draft.settings, ["path"]) : draft.place;
    const message = `\`${service.path}\` is answered by \`${owner}\` already`;
    const hint = "give one of them another `x-freehold.path`";
    findings.problem({ code: "path", subject: `${draft.settingsSubject}.path`, message, hint, place });
  }
}

/** Only what answers the internet has an address to tell. */
export function checkOwnUrls(
  services: readonly Service[],
  drafts: readonly Draft[],
  findings: Findings,
): void {
  if (services.some(({ type }) => type === "web" || type === "site")) return;
  for (const service of services) {
    const draft = drafts.find(({ name }) => name === service.name);
    if (service.type === "site" || draft === undefined) continue;
    for (const name of service.ownUrls ?? []) {
      const place = placeAt(draft.settings, ["variables", name]);
      const subject = `${draft.settingsSubject}.variables.${name}`;
      const message = "names `FREEHOLD_URL`, and no service of this environment answers the internet";
      findings.problem({ code: "alias", subject, message, hint: "publish a port of one", place });
    }
  }
}

/** Services that wait for each other would never start. */
export function checkCycles(
  services: readonly ContainerService[],
  drafts: readonly Draft[],
  findings: Findings,
): void {
  const dependencies = new Map(services.map(({ name, dependsOn }) => [name, dependsOn]));
  const done = new Set<string>();
  const visit = (name: string, chain: readonly string[]): void => {
    if (done.has(name)) return;
    const start = chain.indexOf(name);
    if (start >= 0) {
      reportCycle([...chain.slice(start), name], drafts, findings);
      return;
    }
    for (const next of dependencies.get(name) ?? []) visit(next, [...chain, name]);
    done.add(name);
  };
  for (const { name } of services) visit(name, []);
}

function reportCycle(chain: readonly string[], drafts: readonly Draft[], findings: Findings): void {
  const draft = drafts.find(({ name }) => name === chain[0]);
  if (draft?.service === undefined) return;
  const message = `waits for itself: ${chain.join(" → ")}`;
  const place = placeOfDependency(draft.service, chain[1] ?? "");
  const key = draft.service.entries.has("depends_on") ? "depends_on" : "links";
  const hint = `remove one of these from \`${key}\``;
  findings.problem({ code: "cycle", subject: `${draft.subject}.${key}`, message, hint, place });
}
