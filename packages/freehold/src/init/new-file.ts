import { backing, backingFindings } from "./backing.ts";
import { commandValue, dollarsKept } from "./command-value.ts";
import { contextOf, dockerfilesFor, join } from "./dockerfiles/dockerfile.ts";
import { type Entry, entry, inline, mapping } from "./document.ts";
import { exampleVariables } from "./example-variables.ts";
import type { FilesServing, Part } from "./part.ts";
import { pathsOf } from "./paths.ts";
import type { Companion, Finding, Proposal } from "./proposal.ts";
import type { Repository } from "./repository.ts";
import { namesOf } from "./service-names.ts";
import { siteSettings } from "./site-settings.ts";

/** A part with the name and the path it gets. */
export interface NamedPart extends Part {
  readonly name: string;
  readonly path: string;
}

/** The file of a repository that has none: a service for each program, and what they stand on. */
export function newFile(repository: Repository, parts: readonly Part[]): Proposal {
  const named = namedParts(parts);
  const paths = new Set(repository.paths);
  const companions = unique(named.flatMap((part) => dockerfilesFor(part, paths)));
  const stands = backing(named);
  return {
    path: "freehold.yml",
    heading:
      "What this application is, as Compose says it: `docker compose -f freehold.yml up` runs it at home,\n`freehold up` on AWS. Proposed by `freehold init`; yours to change.",
    document: mapping(
      entry("name", nameOf(repository.name)),
      entry(
        "services",
        mapping(...named.flatMap((part) => servicesOf(part, repository)), ...stands.services),
      ),
      ...(stands.volumes.length === 0 ? [] : [entry("volumes", inline(...stands.volumes))]),
    ),
    companions,
    findings: [...named.flatMap(findingsOf), ...backingFindings(named), ...otherFiles(repository)],
    next: nextOf(named, repository),
  };
}

/** Compose files by other names, or in another folder, are somebody's choice to make. */
function otherFiles({ paths }: Repository): readonly Finding[] {
  return paths
    .filter((path) => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(path))
    .map((subject) => ({
      subject,
      message: "is not read: name it with `-f` to have it in place of this proposal",
    }));
}

function namedParts(parts: readonly Part[]): readonly NamedPart[] {
  const names = namesOf(parts);
  const named = parts.map((part, index) => ({ ...part, name: names[index] ?? "app" }));
  const paths = pathsOf(named);
  return named.map((part) => ({ ...part, path: paths.get(part.name) ?? "/" }));
}

/** Compose's own rule for a project's name: letters, digits, `-` and `_`, beginning with a letter or digit. */
function nameOf(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return /^[a-z]/.test(name) ? name : `app-${name}`.replace(/-$/, "");
}

function servicesOf(part: NamedPart, repository: Repository): readonly Entry[] {
  if (part.serving.kind === "files") return [siteOf(part, part.serving)];
  const names = exampleVariables(part, repository);
  const variables = variablesOf(part, names);
  const dependencies = dependenciesOf(part);
  const shared = [...environmentOf(part, variables), ...dependencies];
  const elsewhere = variablesOnAws(part, names.cache);
  const ports =
    part.serving.kind === "http" ? [entry("ports", [`${part.serving.port}:${part.serving.port}`])] : [];
  const main = mapping(
    entry("build", buildOf(part)),
    ...(part.command === undefined ? [] : [entry("command", commandValue(part.command))]),
    ...ports,
    ...sizeOf(part, "web"),
    ...environmentOf(part, [...variables, ...portOf(part)]),
    ...dependencies,
    ...settingsOf(part, names.cache),
  );
  const processes = part.processes.map((one) =>
    entry(
      processName(part, one.name),
      mapping(
        entry(
          "build",
          buildOf(one.dockerfile === undefined ? part : { ...part, dockerfile: one.dockerfile }),
        ),
        ...(one.command === undefined ? [] : [entry("command", commandValue(one.command))]),
        ...sizeOf(part, one.name),
        ...shared,
        ...settings(elsewhere),
      ),
      one.dockerfile === undefined
        ? `The same image as ${part.name}: ${one.because}.`
        : `Of ${one.dockerfile}: ${one.because}.`,
    ),
  );
  return [entry(part.name, main, `${part.kind}: ${part.because}.`), ...processes];
}

/** At home the front end's own server, on AWS the files it builds. */
function siteOf(part: NamedPart, serving: FilesServing): Entry {
  const { folder, develop } = serving;
  const root = folder === "." ? "." : `./${folder}`;
  const inside = part.folder === folder ? "/app" : `/app/${part.folder}`;
  const service = mapping(
    entry("image", "node:24-slim", "At home: the front end's own server."),
    entry("working_dir", inside),
    entry("volumes", [`${root}:/app`]),
    entry("command", ["sh", "-c", `npm install && ${develop.command}`]),
    entry("ports", [`${develop.port}:${develop.port}`]),
    entry(
      "x-freehold",
      siteSettings(part.path, serving),
      "On AWS: files in S3 behind CloudFront, built by the machine that releases.",
    ),
  );
  return entry(part.name, service, `${part.kind}: ${part.because}.`);
}

function buildOf(part: Part) {
  const context = contextOf(part);
  const dockerfile =
    context === part.folder
      ? (part.dockerfile ?? "Dockerfile")
      : join(part.folder, part.dockerfile ?? "Dockerfile");
  const folder = context === "." ? "." : `./${context}`;
  return dockerfile === "Dockerfile"
    ? folder
    : inline(entry("context", folder), entry("dockerfile", dockerfile));
}

/** What a formation says of a type of process, where it is not what every task has. */
function sizeOf({ sizes = {} }: Part, type: string): readonly Entry[] {
  const { cpus, memory, replicas } = sizes[type] ?? {};
  return [
    ...(cpus === undefined ? [] : [entry("cpus", cpus)]),
    ...(memory === undefined ? [] : [entry("mem_limit", memory)]),
    ...(replicas === undefined ? [] : [entry("deploy", inline(entry("replicas", replicas)))]),
  ];
}

function processName(part: NamedPart, name: string): string {
  return part.folder === "." ? name : `${part.name}-${name}`;
}

const atHome = "At home these containers; on AWS the same names hold the real ones' addresses.";

function environmentOf({ needs }: Part, variables: readonly Entry[]): readonly Entry[] {
  if (variables.length === 0) return [];
  const stands = needs.database !== undefined || needs.cache === true;
  return [entry("environment", mapping(...variables), stands ? atHome : undefined)];
}

function variablesOf(
  part: Part,
  names: { readonly database: string; readonly cache: string },
): readonly Entry[] {
  const { needs, variables = [] } = part;
  const stands = [
    ...(needs.isJdbc === true ? jdbcVariables(needs.database) : []),
    ...(needs.isJdbc === true ? [] : urlOf(part, names.database)),
    ...(needs.cache === true ? [entry(names.cache, "redis://cache:6379/0")] : []),
  ];
  const taken = new Set(stands.map(({ key }) => key));
  const own = variables
    .filter(([name]) => !taken.has(name))
    .map(([name, value]) => entry(name, dollarsKept(value)));
  return [...stands, ...own];
}

/** A command that is Heroku's listens where it is told to. */
function portOf({ command, serving }: Part): readonly Entry[] {
  return command !== undefined && serving.kind === "http" ? [entry("PORT", `${serving.port}`)] : [];
}

function urlOf({ needs }: Part, name: string): readonly Entry[] {
  if (needs.database === undefined) return [];
  return [
    entry(
      name,
      needs.database === "mysql" ? "mysql://app:app@db:3306/app" : "postgres://app:app@db:5432/app",
    ),
  ];
}

/** Spring's own variables: https://docs.spring.io/spring-boot/how-to/data-access.html */
function jdbcVariables(database: Part["needs"]["database"]): readonly Entry[] {
  const url = database === "mysql" ? "jdbc:mysql://db:3306/app" : "jdbc:postgresql://db:5432/app";
  return [
    entry("SPRING_DATASOURCE_URL", url),
    entry("SPRING_DATASOURCE_USERNAME", "app"),
    entry("SPRING_DATASOURCE_PASSWORD", "app"),
  ];
}

function dependenciesOf({ needs }: Part): readonly Entry[] {
  const entries = [
    ...(needs.database === undefined ? [] : [entry("db", inline(entry("condition", "service_healthy")))]),
    ...(needs.cache === true ? [entry("cache", inline(entry("condition", "service_started")))] : []),
  ];
  return entries.length === 0 ? [] : [entry("depends_on", mapping(...entries))];
}

function settingsOf(part: NamedPart, cache: string): readonly Entry[] {
  return settings([
    ...(part.serving.kind === "http" && part.path !== "/" ? [entry("path", part.path)] : []),
    ...(part.health === undefined ? [] : [entry("health", part.health)]),
    ...(part.release === undefined
      ? []
      : [entry("release", dollarsKept(part.release), "Once per release, before traffic moves.")]),
    ...(part.seed === undefined
      ? []
      : [entry("seed", dollarsKept(part.seed), "Once for each new environment that is not production.")]),
    ...variablesOnAws(part, cache),
  ]);
}

function settings(entries: readonly Entry[]): readonly Entry[] {
  return entries.length === 0 ? [] : [entry("x-freehold", mapping(...entries))];
}

/** The cache on AWS has TLS, and some clients want to be told how to check it. */
function variablesOnAws({ needs }: Part, cache: string): readonly Entry[] {
  if (needs.cacheQuery === undefined) return [];
  const variables = mapping(entry(cache, `redis://cache:6379/0?${needs.cacheQuery}`));
  return [
    entry("variables", variables, "On AWS the cache has TLS, and Celery wants to be told how to check it."),
  ];
}

function findingsOf(part: NamedPart): readonly Finding[] {
  const where = part.folder === "." ? "" : ` (in ${part.folder})`;
  const what =
    part.serving.kind === "http"
      ? `answers on port ${part.serving.port}`
      : part.serving.kind === "files"
        ? `static files, from ${part.serving.output}`
        : "a worker without a port";
  const main = { subject: part.name, message: `${part.kind}${where}, ${what}: ${part.because}` };
  const release =
    part.release === undefined
      ? []
      : [{ subject: part.name, message: `\`${part.release}\` runs once per release` }];
  const processes = part.processes.map(({ name, command, because }) => ({
    subject: processName(part, name),
    message: command === undefined ? because : `\`${command}\`: ${because}`,
  }));
  return [main, ...release, ...processes];
}

function nextOf(parts: readonly NamedPart[], repository: Repository): readonly string[] {
  const secrets = [...new Set(parts.flatMap((part) => exampleVariables(part, repository).secrets))];
  return [
    ...parts.flatMap(({ name, needs }) => (needs.store === undefined ? [] : storeOf(name, needs.store))),
    ...new Set(parts.flatMap(({ told = [] }) => told)),
    ...(secrets.length === 0
      ? []
      : [
          `list ${secrets.join(", ")} under \`x-freehold.secrets\`, and set each with \`freehold secrets set\``,
        ]),
  ];
}

function storeOf(name: string, store: NonNullable<Part["needs"]["store"]>): string {
  switch (store) {
    case "mongodb":
      return `add MongoDB for \`${name}\`: a service with an image such as mongo:8 and a volume, or Amazon DocumentDB in its variables`;
    case "sqlite":
      return `keep the data of \`${name}\`: SQLite's files go with each release, unless they are in a volume; or use PostgreSQL`;
  }
}

function unique(companions: readonly Companion[]): readonly Companion[] {
  return companions.filter((one, index) => companions.findIndex(({ path }) => path === one.path) === index);
}
