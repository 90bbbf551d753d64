import type { Place } from "../../errors.ts";
import type { ComposeService } from "../compose/service.ts";
import { siftService } from "../compose/sift.ts";
import type { Findings } from "../findings.ts";
import type { Variables } from "../yaml/interpolate.ts";
import { override } from "../yaml/merge.ts";
import { type Section, sectionAt } from "../yaml/tree.ts";
import { awaitedServices } from "./awaited.ts";
import { type CallSources, calledPorts, seenCalls } from "./calls/called.ts";
import { withOneFront } from "./front.ts";
import { containerTypes, type Inferred, inferType, resourceType } from "./infer.ts";
import { portsIn } from "./ports.ts";
import type { Target } from "./scope.ts";

/** A service of the file, or an entry of `x-freehold.resources`, with the settings of one environment laid over it. */
export interface Draft {
  readonly name: string;
  /** `services.api` or `x-freehold.resources.uploads`. */
  readonly subject: string;
  /** Of the name. */
  readonly place: Place;
  /** The Compose part that its schema reads; absent for an entry of `resources`. */
  readonly service?: Section;
  /** Its `x-freehold` settings. */
  readonly settings: Section;
  readonly settingsSubject: string;
  readonly inferred: Inferred;
  /** Ports at which other services call it. */
  readonly calledAt: readonly number[];
}

/** A draft whose Compose part has been read. */
export interface ContainerDraft extends Draft {
  readonly service: Section;
  readonly compose: ComposeService;
}

/** Letters, digits, hyphens, underscores: what ECS takes as a container's name, so no dots. */
const validName = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/;

export interface DraftRequest extends CallSources {
  readonly resources: Section | undefined;
  /** The shell's and `.env`. */
  readonly shell: Variables;
}

/** Every service and resource of the file, as one environment means them. */
export function drafts(request: DraftRequest, findings: Findings): readonly Draft[] {
  const { services, resources, overrides } = request;
  const calls = seenCalls(request);
  const called = calledPorts(calls);
  const awaited = awaitedServices(services);
  const activeProfiles = activeProfilesIn(request.shell);
  const fromServices = [...services.entries].flatMap(([name, entry]) => {
    const subject = `services.${name}`;
    const at = { name, subject, place: entry.place, calledAt: called.get(name) ?? [] };
    if (entry.value.kind === "section")
      return [
        serviceDraft(at, entry.value, { isAwaited: awaited.has(name), activeProfiles }, overrides, findings),
      ];
    findings.problem({
      code: "value",
      subject,
      message: "must be a section of settings",
      place: entry.place,
    });
    return [];
  });
  const fromResources = [...(resources?.entries ?? [])].flatMap(([name, entry]) => {
    const at = { name, subject: `x-freehold.resources.${name}`, place: entry.place, calledAt: [] };
    return entry.value.kind === "section" ? [resourceDraft(at, entry.value, overrides, findings)] : [];
  });
  const all = withOneFront([...fromServices, ...fromResources], calls);
  checkNames(all, findings);
  return all;
}

/** https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_profiles */
function activeProfilesIn(shell: Variables): ReadonlySet<string> {
  return new Set((shell.get("COMPOSE_PROFILES") ?? "").split(",").map((profile) => profile.trim()));
}

type At = Pick<Draft, "name" | "subject" | "place" | "calledAt">;

function serviceDraft(
  at: At,
  tree: Section,
  runs: { readonly isAwaited: boolean; readonly activeProfiles: ReadonlySet<string> },
  overrides: Section | undefined,
  findings: Findings,
): Draft {
  const own = tree.entries.get("x-freehold");
  if (own !== undefined && own.value.kind !== "section") {
    const subject = `${at.subject}.x-freehold`;
    findings.problem({ code: "value", subject, message: "must be a section of settings", place: own.place });
  }
  const written = sectionAt(tree, ["x-freehold"]) ?? { kind: "section", entries: new Map(), place: at.place };
  const settings = withOverrides(written, at.name, ["services", "resources"], overrides);
  const inferred = inferType(tree, settings, { ...at, ...runs, findings });
  const service = siftService(tree, at.subject, findings, isContainer(inferred));
  return { ...at, service, settings, settingsSubject: `${at.subject}.x-freehold`, inferred };
}

function resourceDraft(at: At, tree: Section, overrides: Section | undefined, findings: Findings): Draft {
  const settings = withOverrides(tree, at.name, ["resources"], overrides);
  const inferred = resourceType(settings, { ...at, findings });
  return { ...at, settings, settingsSubject: at.subject, inferred };
}

function withOverrides(
  settings: Section,
  name: string,
  under: readonly string[],
  overrides: Section | undefined,
): Section {
  return under
    .map((kind) => sectionAt(overrides, [kind, name]))
    .filter((section) => section !== undefined)
    .reduce(override, settings);
}

function isContainer({ type }: Inferred): boolean {
  return containerTypes.some((one) => one === type);
}

function checkNames(all: readonly Draft[], findings: Findings): void {
  const byPrefix = Map.groupBy(all, ({ name }) => variablePrefix(name));
  for (const { name, subject, place } of all) {
    const alike = (byPrefix.get(variablePrefix(name)) ?? []).map((other) => other.name);
    const twin = alike.find((other) => other !== name);
    const report = (message: string) => findings.problem({ code: "name", subject, message, place });
    if (!validName.test(name)) {
      report("is no valid name; use letters, digits, hyphens and underscores, 63 at most");
    } else if (alike.filter((other) => other === name).length > 1) {
      report("names both a service and a resource; give one another name");
    } else if (twin !== undefined) {
      report(`and \`${twin}\` differ too little; their variables would be the same`);
    }
  }
}

/** `my-db` → `MY_DB`: what the variables of a resource begin with. */
export function variablePrefix(name: string): string {
  const prefix = name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return /^\d/.test(prefix) ? `_${prefix}` : prefix;
}

export function targetOf(draft: Draft): Target {
  const { inferred } = draft;
  switch (inferred.type) {
    case "database":
    case "cache":
    case "bucket":
    case "queue":
    case "table":
    case "topic":
    case "volume":
      return { kind: "resource", type: inferred.type };
    case "site":
      return { kind: "site" };
    case "web":
    case "private":
      return { kind: "container", ports: portsIn(draft) };
    case "worker":
    case "cron":
    case "job":
      return { kind: "container", ports: [] };
    case "ignored":
      return { kind: inferred.standsFor ?? "ignored" };
    case "failed":
      return { kind: "failed" };
  }
}
