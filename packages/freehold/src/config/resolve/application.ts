import type { Application, Collection } from "../../app/application.ts";
import { type ApplicationSettings, applicationSchema } from "../application.ts";
import { type CollectionSettings, collectionSchema } from "../collection.ts";
import { fileKeys, volumeKeys } from "../compose/keys.ts";
import type { NamedSecret } from "../compose/secrets.ts";
import { sift } from "../compose/sift.ts";
import type { Disk } from "../disk.ts";
import { environmentSchema } from "../environment.ts";
import type { Findings } from "../findings.ts";
import { readNoting } from "../later.ts";
import { networkFrom } from "../network.ts";
import type { Variables } from "../yaml/interpolate.ts";
import { partAt, placeAt, type Section, section, sectionAt, type Tree } from "../yaml/tree.ts";
import { checkCollections } from "./collections/check-collections.ts";
import { checkNetworks } from "./compose-networks.ts";
import { environment } from "./environment.ts";
import { configSections } from "./files/config-sections.ts";
import { namedSecretsOf } from "./named-secrets.ts";
import { withPlainNames } from "./plain-names.ts";
import type { VariableLevel } from "./variables.ts";

export interface ResolveRequest {
  /** The Compose file, interpolated. */
  readonly tree: Section;
  readonly shell: Variables;
  /** Name of the project folder. */
  readonly folder: string;
  readonly environmentFiles: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly disk: Disk;
}

interface Resolving extends ResolveRequest {
  readonly namedSecrets: ReadonlyMap<string, NamedSecret>;
  readonly name: string;
  readonly services: Section;
  readonly settings: ApplicationSettings;
  readonly configs: ReadonlyMap<string, Section>;
}

/** The whole file; after a problem some things are missing from the answer. */
export function resolveApplication(request: ResolveRequest, findings: Findings): Application {
  if (isFirstForm(request.tree)) return firstForm(request, findings);
  sift(request.tree, fileKeys, "", findings);
  const name = applicationName(request, findings);
  const written = servicesOf(request.tree, findings);
  const services = withPlainNames(written, findings);
  checkVolumes(request.tree, findings);
  checkNetworks(request.tree, written, findings);
  const namedSecrets = namedSecretsOf(request.tree, findings);
  const settings = applicationSettings(request.tree, findings);
  const configs = configSections(request.tree, findings);
  const resolving = { ...request, name, services, namedSecrets, settings, configs };
  checkCollections(settings.collections ?? {}, request.tree, findings);
  if (!isResolvable(resolving, findings)) return { name, collections: [], notes: findings.notes };
  const collections = Object.entries(settings.collections ?? { default: null }).map(([collection, own]) =>
    resolveCollection(collection, own ?? defaultCollection, resolving, findings),
  );
  return { name, collections: collections.sort(byName), notes: findings.notes };
}

/** Services times environments: far more than a person has, and less than takes a second. */
const mostServices = 10_000;

function isResolvable({ tree, services, settings }: Resolving, findings: Findings): boolean {
  const environments = Object.values(settings.collections ?? {}).map(
    (one) => Object.keys(one?.environments ?? {}).length,
  );
  const all = services.entries.size * environments.reduce((sum, count) => sum + Math.max(count, 1), 0);
  if (all <= mostServices) return true;
  const message = `makes ${all} services over all environments; ${mostServices} at most`;
  const place = placeAt(tree, ["x-freehold", "collections"]);
  findings.problem({ code: "size", subject: "x-freehold.collections", message, place });
  return false;
}

/** Before `version: "2"` the services were the file (https://docs.docker.com/reference/compose-file/legacy-versions/). */
function isFirstForm(tree: Section): boolean {
  const parts = [...tree.entries.values()].map(({ value }) => value);
  const isService = (part: Tree) =>
    part.kind === "section" && (part.entries.has("image") || part.entries.has("build"));
  return parts.length > 0 && parts.every(isService);
}

function firstForm({ tree, folder }: ResolveRequest, findings: Findings): Application {
  const message =
    "are no settings of a file: services stand below `services:` since the second form of Compose";
  const [first, ...others] = tree.entries.keys();
  const names = [first, ...others].map((name) => `\`${name}\``).join(", ");
  const hint = "write `services:` on the first line, and indent the rest below it";
  findings.problem({
    code: "no-services",
    subject: "",
    message: `${names} ${message}`,
    hint,
    place: tree.place,
  });
  return { name: folder, collections: [], notes: findings.notes };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

const defaultCollection = collectionSchema.parse({});
const defaultEnvironment = environmentSchema.parse({});

function resolveCollection(
  name: string,
  own: CollectionSettings,
  resolving: Resolving,
  findings: Findings,
): Collection {
  const path = ["x-freehold", "collections", name];
  checkName(name, path, resolving.tree, findings);
  const { account, region, network, tags } = own;
  const environments = Object.entries(own.environments ?? { dev: null }).map(
    ([environmentName, settings]) => {
      const { kind, variables } = settings ?? defaultEnvironment;
      const place = [...path, "environments", environmentName];
      checkName(environmentName, place, resolving.tree, findings);
      noteKind(environmentName, kind, findings);
      const levels = [
        level(resolving.settings.variables, ["x-freehold"], resolving.tree),
        level(own.variables, path, resolving.tree),
        level(variables, place, resolving.tree),
      ];
      return resolveEnvironment({ name: environmentName, kind, place, levels }, resolving, findings);
    },
  );
  const demanded = account === undefined ? {} : { account };
  return {
    name,
    ...demanded,
    region,
    network: networkFrom(network),
    tags,
    environments: environments.sort(byName),
  };
}

interface Named {
  readonly name: string;
  readonly kind: "preview" | "staging" | "production";
  readonly place: readonly string[];
  readonly levels: readonly VariableLevel[];
}

function level(values: VariableLevel["values"], path: readonly string[], tree: Section): VariableLevel {
  return { values, subject: path.join("."), section: partAt(tree, path) };
}

function resolveEnvironment({ name, kind, place, levels }: Named, resolving: Resolving, findings: Findings) {
  const { tree, services, settings, namedSecrets, shell, environmentFiles, configs, disk } = resolving;
  const request = {
    application: resolving.name,
    name,
    kind,
    services,
    resources: sectionAt(tree, ["x-freehold", "resources"]),
    volumes: sectionAt(tree, ["volumes"]),
    overrides: sectionAt(tree, place),
    path: place,
    around: levels,
    secrets: settings.secrets,
    namedSecrets,
    shell,
    environmentFiles,
    configs,
    disk,
  };
  return environment(request, findings);
}

/** A name decides how safe data is only where nobody has said so. */
function noteKind(name: string, kind: Named["kind"], findings: Findings): void {
  if (/^prod(uction)?$/.test(name) && kind !== "production") {
    findings.note(
      name,
      "is treated as staging; write `kind: production` to keep its data safer and unseeded",
    );
  }
}

function checkName(name: string, path: readonly string[], tree: Section, findings: Findings): void {
  if (/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) return;
  const message =
    "is no valid name; use small letters, digits and hyphens, 32 at most, a letter first and no hyphen last";
  findings.problem({ code: "name", subject: path.join("."), message, place: placeAt(tree, path) });
}

/** Compose's own rule (https://docs.docker.com/reference/compose-file/version-and-name/#name-top-level-element). */
function applicationName({ tree, folder }: ResolveRequest, findings: Findings): string {
  const part = tree.entries.get("name")?.value;
  if (part === undefined) {
    const fallback = folder
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]/g, "")
      .replace(/^[_-]+/, "");
    return fallback === "" ? "app" : fallback;
  }
  const name = part.kind === "scalar" ? String(part.value) : "";
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(name)) {
    const message = `\`${name}\` is no valid name; use small letters, digits, hyphens and underscores`;
    findings.problem({ code: "name", subject: "name", message, place: placeAt(tree, ["name"]) });
  }
  return name;
}

function servicesOf(tree: Section, findings: Findings): Section {
  const services = sectionAt(tree, ["services"]);
  if (services !== undefined && services.entries.size > 0) return services;
  const message = "is missing or empty: a file needs at least one service";
  findings.problem({ code: "no-services", subject: "services", message, place: placeAt(tree, ["services"]) });
  return section([], tree.place);
}

/** Also where no volume is mounted: a slip of the pen is one. */
function checkVolumes(tree: Section, findings: Findings): void {
  const entry = tree.entries.get("volumes");
  if (entry === undefined) return;
  if (entry.value.kind === "section") {
    for (const [name, { value }] of entry.value.entries)
      if (value.kind === "section") sift(value, volumeKeys, `volumes.${name}`, findings, false);
    return;
  }
  if (entry.value.kind === "scalar" && entry.value.value === null) return;
  const message = "must be a section of names";
  findings.problem({ code: "value", subject: "volumes", message, place: entry.place });
}

function applicationSettings(tree: Section, findings: Findings): ApplicationSettings {
  const entry = tree.entries.get("x-freehold");
  const part = entry?.value;
  if (entry === undefined || part === undefined || (part.kind === "scalar" && part.value === null))
    return applicationSchema.parse({});
  return readNoting(applicationSchema, part, "x-freehold", findings) ?? applicationSchema.parse({});
}
