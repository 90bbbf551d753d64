import type { Environment, EnvironmentKind, Resource, Service } from "../../app/application.ts";
import type { NamedSecret } from "../compose/secrets.ts";
import { serviceSchema } from "../compose/service.ts";
import type { Disk } from "../disk.ts";
import type { Findings } from "../findings.ts";
import { hintFor } from "../suggest.ts";
import { read } from "../validate.ts";
import type { Variables } from "../yaml/interpolate.ts";
import { type Section, sectionAt } from "../yaml/tree.ts";
import { awaitedServices } from "./awaited.ts";
import { cacheResource } from "./caches.ts";
import { otherNames } from "./calls/other-names.ts";
import { checkCycles, checkOwnUrls, checkPaths } from "./checks.ts";
import type { Context } from "./context.ts";
import { databaseDraft } from "./database-draft.ts";
import { finishDatabase } from "./databases.ts";
import type { ContainerDraft } from "./draft.ts";
import { type Draft, drafts, targetOf } from "./draft.ts";
import { configTexts } from "./files/config-calls.ts";
import { noteFilesOfHome } from "./files/managed-files.ts";
import { containerTypes } from "./infer.ts";
import { bucketResource, queueResource } from "./managed.ts";
import { homePortsIn } from "./ports.ts";
import { withProxies } from "./proxies.ts";
import type { Scope } from "./scope.ts";
import { service } from "./services.ts";
import { tableResource } from "./tables.ts";
import { checkSubscriptions, topicResource } from "./topics.ts";
import { noteUncalled, noteUnused } from "./unused.ts";
import type { VariableLevel } from "./variables.ts";
import { volumeDrafts, volumeResources } from "./volumes.ts";
import { checkWriters } from "./writers.ts";

export interface EnvironmentRequest {
  readonly application: string;
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly services: Section;
  readonly resources: Section | undefined;
  /** The file's own `volumes`. */
  readonly volumes: Section | undefined;
  /** The environment's own part of the file. */
  readonly overrides: Section | undefined;
  /** Where that part stands, from the top of the file. */
  readonly path: readonly string[];
  readonly around: readonly VariableLevel[];
  readonly secrets: readonly string[];
  /** The file's own `secrets`, by name. */
  readonly namedSecrets: ReadonlyMap<string, NamedSecret>;
  readonly shell: Variables;
  readonly environmentFiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The file's own `configs`. */
  readonly configs: ReadonlyMap<string, Section>;
  readonly disk: Disk;
}

/** One environment with every override applied. After a problem some things are missing from it. */
export function environment(request: EnvironmentRequest, findings: Findings): Environment {
  const textsOf = (service: Section) => configTexts(service, request);
  const all = drafts({ ...request, textsOf }, findings);
  const context = contextOf(request, all, findings);
  checkOverrides(request, all, context, findings);
  for (const draft of all)
    if (context.scope.get(draft.name)?.kind === "resource") noteFilesOfHome(draft, findings);
  const services = withProxies(all.flatMap((draft) => readService(draft, context)).sort(byName));
  const containers = services.filter((one) => one.type !== "site");
  checkPaths(services, all, findings);
  checkOwnUrls(services, all, findings);
  checkCycles(containers, all, findings);
  checkWriters(containers, all, findings);
  checkSubscriptions(context.otherResources, all, findings);
  const databases = all.flatMap((draft) => {
    const database = context.databases.get(draft.name);
    return database === undefined ? [] : [finishDatabase(database, containers, draft, findings)];
  });
  const mounts = containers.flatMap((one) => one.mounts);
  const volumes = volumeResources(context.volumes, mounts, { kind: request.kind, all, findings });
  const resources: readonly Resource[] = [...databases, ...context.otherResources, ...volumes];
  noteUncalled(containers, all, findings);
  noteUnused(containers, resources, all, findings);
  return { name: request.name, kind: request.kind, services, resources: [...resources].sort(byName) };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function contextOf(request: EnvironmentRequest, all: readonly Draft[], findings: Findings): Context {
  const databases = all
    .filter(({ inferred }) => inferred.type === "database")
    .flatMap((draft) => databaseDraft(draft, request, findings) ?? []);
  const scope: Scope = new Map(all.map((draft) => [draft.name, targetOf(draft)]));
  const around = { kind: request.kind, scope, findings };
  const otherResources = all.flatMap((draft) => otherResource(draft, around) ?? []);
  return {
    ...request,
    environment: request.name,
    scope,
    awaited: awaitedServices(request.services),
    volumes: volumeDrafts(request, all, findings),
    homePorts: homePortsIn(request.services),
    otherNames: otherNames(request.services),
    databases: new Map(databases.map((database) => [database.name, database])),
    otherResources,
    findings,
  };
}

function otherResource(
  draft: Draft,
  {
    kind,
    scope,
    findings,
  }: { readonly kind: EnvironmentKind; readonly scope: Scope; readonly findings: Findings },
) {
  switch (draft.inferred.type) {
    case "cache":
      return cacheResource(draft, findings);
    case "bucket":
      return bucketResource(draft, findings);
    case "queue":
      return queueResource(draft, findings);
    case "table":
      return tableResource(draft, kind, findings);
    case "topic":
      return topicResource(draft, scope, findings);
    default:
      return undefined;
  }
}

function readService(draft: Draft, context: Context): readonly Service[] {
  const { service: tree, subject, place, inferred } = draft;
  // What it was meant to be is not known, but how Compose reads it is.
  if (inferred.type === "failed" && tree !== undefined) read(serviceSchema, tree, subject, context.findings);
  if (!["site", ...containerTypes].includes(inferred.type)) return [];
  if (tree === undefined) {
    const message = "needs an image: write it under `services`";
    context.findings.problem({ code: "no-image", subject, message, place });
    return [];
  }
  const compose = read(serviceSchema, tree, subject, context.findings);
  if (compose?.tree.kind !== "section") return [];
  const container: ContainerDraft = { ...draft, service: compose.tree, compose: compose.value };
  return [service(container, context) ?? []].flat();
}

/** Settings for something the file does not have are a slip of the pen. */
function checkOverrides(
  { overrides, path, services }: EnvironmentRequest,
  all: readonly Draft[],
  { volumes }: Context,
  findings: Findings,
): void {
  const resources = [...new Set([...all.map(({ name }) => name), ...volumes.keys()])];
  const known = { service: [...services.entries.keys()], resource: resources };
  for (const noun of ["service", "resource"] as const) {
    for (const [name, { place }] of sectionAt(overrides, [`${noun}s`])?.entries ?? []) {
      if (known[noun].includes(name)) continue;
      const subject = [...path, `${noun}s`, name].join(".");
      const message = `\`${name}\` is no ${noun} of this file`;
      const isElsewhere = resources.includes(name);
      const hint = isElsewhere ? `write it under \`resources\`` : hintFor(name, known[noun]);
      findings.problem({ code: "unknown-name", subject, message, hint, place });
    }
  }
}
