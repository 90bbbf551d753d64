import { interpolationFileName } from "../../config/source.ts";
import { join } from "../dockerfiles/dockerfile.ts";
import { type Entry, entry, inline, mapping } from "../document.ts";
import type { FilesServing, Part } from "../part.ts";
import { pathsOf } from "../paths.ts";
import type { Companion, Finding, Proposal } from "../proposal.ts";
import type { Repository } from "../repository.ts";
import { siteSettings } from "../site-settings.ts";
import { type Advice, type Advised, advise } from "./advice.ts";
import { nextSteps } from "./next-steps.ts";
import { exampleOf, readServices, variablesIn } from "./read-services.ts";
import { leftOut, partOf, rules, type Surroundings } from "./rules.ts";
import type { ServiceFacts } from "./service-facts.ts";

/** What lies over a Compose file: the part of Freehold alone, so that nothing the person wrote is edited. */
export function overlay(
  file: string,
  target: string,
  repository: Repository,
  parts: readonly Part[],
): Proposal {
  const services = readServices(file, repository);
  const around = { services, parts, repository };
  const { advised, paths } = adviseAll(around);
  const sites = unservedSites(around);
  const entries = [
    ...advised.flatMap(serviceOf),
    ...sites.map(({ name, serving }) =>
      entry(name, mapping(entry("x-freehold", siteSettings(paths.get(name) ?? "/", serving)))),
    ),
  ];
  return {
    path: target,
    heading: `Laid over ${file} by \`freehold\`: what AWS needs to know beside it. Nothing in ${file} is changed, and\n\`docker compose up\` does not read this. Proposed by \`freehold init\`; yours to change.`,
    document: mapping(...(entries.length === 0 ? [] : [entry("services", mapping(...entries))])),
    companions: companionsOf(file, services, repository),
    findings: [
      ...advised.flatMap(findingsOf),
      ...sites.map(({ name, part }) => ({
        subject: name,
        message: `${part.kind} in ${part.folder}: static files that no service serves`,
      })),
    ],
    next: nextSteps(advised.filter(isKept), around),
  };
}

/** What is to be said of each service, and the part of the site that it and each unserved front end answers. */
interface AdvisedAll {
  readonly advised: readonly Advised[];
  readonly paths: ReadonlyMap<string, string>;
}

function adviseAll(around: Surroundings): AdvisedAll {
  const out = new Map(
    around.services.map((service) => [service.name, decided(service) ? undefined : leftOut(service, around)]),
  );
  const kept = around.services.filter(({ name }) => out.get(name) === undefined);
  const proxied = around.services
    .filter(({ name }) => out.get(name)?.includes("proxy") === true)
    .flatMap(({ dependsOn }) => dependsOn);
  const kinds = new Map(kept.map((service) => [service.name, servingOf(service, proxied, around)]));
  const served = kept.flatMap(({ name }) => {
    const serving = kinds.get(name);
    return serving === undefined ? [] : [{ name, serving }];
  });
  const paths = pathsOf([...served, ...unservedSites(around)]);
  const advised = around.services.map((service) => {
    const reason = out.get(service.name);
    if (reason !== undefined)
      return {
        service,
        advice: [advise(reason, { settings: [entry("type", "ignore", `Not on AWS: ${reason}.`)] })],
      };
    const path = kinds.get(service.name) === undefined ? undefined : (paths.get(service.name) ?? "/");
    return { service, advice: adviceFor(service, around, path, kinds.get(service.name)) };
  });
  return { advised, paths };
}

type Serving = { readonly kind: "http" | "files"; readonly isUnpublished: boolean };

/** Whether the internet may reach it: it publishes a port, or stood behind a proxy. */
function servingOf(
  service: ServiceFacts,
  proxied: readonly string[],
  { parts }: Surroundings,
): Serving | undefined {
  if (service.hasProfile && service.settings["type"] === undefined) return undefined;
  if (isDevelopedSite(service, parts)) return { kind: "files", isUnpublished: false };
  const part = partOf(service, parts);
  if (service.context === undefined && part === undefined) return undefined;
  const isPublic = service.ports.some((port) => !/^(?:127\.0\.0\.1|localhost):/.test(port));
  if (isPublic) return { kind: "http", isUnpublished: false };
  const isProxied = proxied.includes(service.name) && service.exposes.length > 0;
  return isProxied || service.routed !== undefined ? { kind: "http", isUnpublished: true } : undefined;
}

/** A front end that its own development server serves, where AWS wants the built files. */
function isDevelopedSite(service: ServiceFacts, parts: readonly Part[]): boolean {
  const part = partOf(service, parts);
  if (part?.serving.kind !== "files") return false;
  const command = typeof service.command === "string" ? service.command : (service.command?.join(" ") ?? "");
  return (
    service.context === undefined ||
    part.dockerfile === undefined ||
    /\b(?:dev|serve|start|vite)\b/.test(command)
  );
}

function adviceFor(
  service: ServiceFacts,
  around: Surroundings,
  path: string | undefined,
  serving: Serving | undefined,
): readonly Advice[] {
  if (decided(service)) return [];
  if (serving?.kind === "files") {
    const part = partOf(service, around.parts);
    if (part?.serving.kind !== "files") return [];
    const reason = `${part.kind}: its development server at home, built files on AWS`;
    return [advise(reason, { settings: siteSettings(path ?? "/", part.serving).entries })];
  }
  const type =
    serving?.isUnpublished === true
      ? [
          advise("answers the internet itself: no proxy stands before it", {
            settings: [entry("type", "web")],
          }),
        ]
      : [];
  return [...type, ...rules.flatMap((rule) => rule(service, around, path) ?? [])];
}

/** An image that is built from a folder around it, and takes its files in. */
function isBuiltBy(
  { context, dockerfile = "Dockerfile" }: ServiceFacts,
  { folder }: Part,
  { texts }: Repository,
) {
  if (context === undefined || (context !== "." && !folder.startsWith(`${context}/`))) return false;
  const inside = context === "." ? folder : folder.slice(context.length + 1);
  const words = (texts.get(join(context, dockerfile)) ?? "").split(/[\s"',[\]=]+/);
  return words.some((word) => {
    const path = word.replace(/^\.?\//, "");
    return path === inside || path.startsWith(`${inside}/`);
  });
}

/** Somebody has said what it is. */
function decided({ settings }: ServiceFacts): boolean {
  return settings["type"] !== undefined;
}

interface UnservedSite {
  readonly name: string;
  readonly part: Part;
  readonly serving: FilesServing;
}

/** Front ends that no service builds or serves. */
function unservedSites({ services, parts, repository }: Surroundings): readonly UnservedSite[] {
  const names = new Set(services.map(({ name }) => name));
  return parts.flatMap((part) => {
    if (
      part.serving.kind !== "files" ||
      part.folder === "." ||
      services.some((service) => partOf(service, parts) === part || isBuiltBy(service, part, repository))
    )
      return [];
    const name = part.folder.split("/").at(-1) ?? "site";
    return names.has(name) ? [] : [{ name, part, serving: part.serving }];
  });
}

function isKept({ service, advice }: Advised): boolean {
  if (service.settings["type"] === "ignore") return false;
  return !advice.some(({ settings }) =>
    settings.some(({ key, value }) => key === "type" && value === "ignore"),
  );
}

function serviceOf({ service, advice }: Advised): readonly Entry[] {
  const settings = advice.flatMap((one) => one.settings);
  const keys = advice.flatMap((one) => one.keys);
  if (settings.length + keys.length === 0) return [];
  const own =
    settings.length === 1 && settings[0]?.comment === undefined ? inline(...settings) : mapping(...settings);
  return [
    entry(service.name, mapping(...keys, ...(settings.length === 0 ? [] : [entry("x-freehold", own)]))),
  ];
}

function findingsOf({ service, advice }: Advised): readonly Finding[] {
  return advice.map(({ reason }) => ({ subject: service.name, message: reason }));
}

/** Files that the Compose file reads and that are not in the repository, made from their examples. */
function companionsOf(
  file: string,
  services: readonly ServiceFacts[],
  repository: Repository,
): readonly Companion[] {
  const named = services.flatMap(({ environmentFiles }) => environmentFiles);
  const missing = [...new Set([...interpolationFiles(file, repository), ...named])].filter(
    (path) => path !== "" && !repository.paths.includes(path),
  );
  return missing.flatMap((path) => {
    const example = exampleOf(path, repository);
    const text = example === undefined ? undefined : repository.texts.get(example);
    return text === undefined
      ? []
      : [{ path: join(".", path), text, purpose: `which the Compose file reads, as a copy of ${example}` }];
  });
}

/** `.env`, where the Compose file has variables that its example knows and that are nothing without it. */
function interpolationFiles(file: string, repository: Repository): readonly string[] {
  const wanted = [...(repository.texts.get(file) ?? "").matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)\b(?!:?[-+])/g)];
  const example = exampleOf(interpolationFileName, repository) ?? "";
  const known = variablesIn(repository.texts.get(example) ?? "", example);
  return wanted.some(([, name = ""]) => known.has(name)) ? [interpolationFileName] : [];
}
