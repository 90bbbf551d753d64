import { knownImage } from "../../config/resolve/image.ts";
import { join } from "../dockerfiles/dockerfile.ts";
import { entry, inline, mapping } from "../document.ts";
import type { Part } from "../part.ts";
import { folderOf, type Repository } from "../repository.ts";
import { type Advice, advise } from "./advice.ts";
import { commandPurpose, isProxyImage, toolPurpose } from "./development-tools.ts";
import { portForOthers, servedStage, targetForOthers } from "./image.ts";
import type { ServiceFacts } from "./service-facts.ts";
import { sourcesInImage } from "./sources.ts";
import { onlyMigrates, tidyCommand } from "./tidy-command.ts";

/** What the rules see besides the service itself. */
export interface Surroundings {
  readonly services: readonly ServiceFacts[];
  readonly parts: readonly Part[];
  readonly repository: Repository;
}

/** Why a service does not go to AWS; undefined when it does. */
export function leftOut(service: ServiceFacts, { services, repository }: Surroundings): string | undefined {
  const purpose = service.image === undefined ? undefined : toolPurpose(service.image);
  if (purpose !== undefined) return `${service.image} is a development tool (it ${purpose})`;
  const running = service.command === undefined ? undefined : commandPurpose(service.command);
  if (running !== undefined) return `its command is a development tool (it ${running})`;
  if (service.mounts.some((mount) => mount.includes("docker.sock")))
    return "it asks for the Docker socket, which Fargate does not have";
  if (service.isPrivileged) return "it asks for rights over its host, which Fargate does not share";
  if (isProxy(service, services, repository))
    return "it is a proxy: CloudFront and the load balancer do its work";
  if (service.command !== undefined && onlyMigrates(service.command) !== undefined)
    return "it migrates and ends: the `release` command of another service does that";
  return undefined;
}

function isProxy(service: ServiceFacts, services: readonly ServiceFacts[], repository: Repository): boolean {
  if (service.ports.length === 0) return false;
  const others = services.filter((one) => one !== service && one.context !== undefined);
  if (others.length === 0) return false;
  if (service.image !== undefined && service.context === undefined) return isProxyImage(service.image);
  const dockerfile = repository.texts.get(`${service.context}/${service.dockerfile ?? "Dockerfile"}`) ?? "";
  const base = [...dockerfile.matchAll(/^FROM\s+(\S+)/gim)].at(-1)?.[1] ?? "";
  const isNamed = /(?:^|[-_])(?:nginx|proxy|traefik|caddy|gateway|ingress|balancer)(?:$|[-_])/.test(
    service.name,
  );
  return isNamed && isProxyImage(base);
}

/** What a running service becomes; rules in the order their settings are written. */
export const rules: readonly ((
  service: ServiceFacts,
  around: Surroundings,
  path: string | undefined,
) => Advice | undefined)[] = [
  answersAt,
  portOf,
  healthOf,
  targetOf,
  sourcesOf,
  commandOf,
  cacheWithoutTls,
  cacheQuery,
];

function portOf(service: ServiceFacts, { repository }: Surroundings, path: string | undefined) {
  return path === undefined ? undefined : portForOthers(service, repository);
}

function sourcesOf(service: ServiceFacts, { repository }: Surroundings) {
  return sourcesInImage(service, repository);
}

function targetOf(service: ServiceFacts, { repository }: Surroundings) {
  return targetForOthers(service, repository);
}

function answersAt(
  { settings }: ServiceFacts,
  _around: Surroundings,
  path: string | undefined,
): Advice | undefined {
  if (path === undefined || path === "/" || settings["path"] !== undefined) return undefined;
  return advise(`answers ${path}, since another service has the rest of the site`, {
    settings: [entry("path", path)],
  });
}

/** The path that the Compose file's own check asks for; Django refuses a host it does not know, and the load balancer has none. */
function healthOf(
  service: ServiceFacts,
  { parts }: Surroundings,
  path: string | undefined,
): Advice | undefined {
  if (path === undefined || service.settings["health"] !== undefined) return undefined;
  const part = partOf(service, parts);
  const checked = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?(\/[\w./~-]+)/.exec(
    service.healthcheck,
  )?.[1];
  const health = checked ?? part?.health;
  if (health === undefined) return undefined;
  const reason =
    checked === undefined ? `${part?.kind} has ${health}` : `its healthcheck asks for ${checked}`;
  const value = part?.kind === "Django" ? inline(entry("path", health), entry("codes", "200-499")) : health;
  const comment =
    part?.kind === "Django"
      ? "400 is well: the load balancer calls by address, which ALLOWED_HOSTS may not know."
      : undefined;
  return advise(reason, { settings: [entry("health", value, comment)] });
}

function commandOf(
  service: ServiceFacts,
  { parts, services, repository }: Surroundings,
  path: string | undefined,
): Advice | undefined {
  const part = partOf(service, parts);
  const start = part?.start ?? (path === undefined ? undefined : servedStage(service, repository)?.command);
  const tidied = service.command === undefined ? undefined : tidyCommand(service.command, start);
  const isMain = path !== undefined && firstOf(part, services, parts) === service;
  const release = tidied?.release ?? (isMain ? part?.release : undefined);
  const settings =
    release === undefined || service.settings["release"] !== undefined
      ? []
      : [entry("release", release, "Once per release, before traffic moves.")];
  if (tidied === undefined && settings.length === 0) return undefined;
  const keys =
    tidied === undefined
      ? []
      : [
          entry(
            "command",
            tidied.command.map(escaped),
            `On AWS without what only a laptop needs: ${tidied.reasons.join(", ")}.`,
          ),
        ];
  const reasons = [
    ...(tidied?.reasons.map((one) => `${one}: not on AWS`) ?? []),
    ...(settings.length === 0 ? [] : [`\`${release}\` runs once per release`]),
  ];
  return advise(reasons.join("; "), { settings, keys });
}

/** Several services of one image migrate once: the first that answers HTTP. */
function firstOf(
  part: Part | undefined,
  services: readonly ServiceFacts[],
  parts: readonly Part[],
): ServiceFacts | undefined {
  const same = services.filter((one) => partOf(one, parts) === part);
  return same.find(({ ports, exposes }) => ports.length + exposes.length > 0) ?? same[0];
}

/** A client that is given a host alone can do neither TLS nor a token. */
function cacheWithoutTls(service: ServiceFacts, { services }: Surroundings): Advice | undefined {
  if (!isCache(service) || service.settings["tls"] !== undefined) return undefined;
  const user = services.find(({ variables }) =>
    [...variables].some(
      ([name, value]) =>
        (value === service.name && /(?:^|_)(?:HOST|HOSTNAME|ADDR|ADDRESS|SERVER)$/i.test(name)) ||
        new RegExp(`^${service.name}:\\d+$`).test(value),
    ),
  );
  if (user === undefined) return undefined;
  return advise(`without TLS: \`${user.name}\` is given its host, not a URL`, {
    settings: [
      entry("tls", false, `${user.name} is given a host, not a URL: it can do neither TLS nor a token.`),
    ],
  });
}

function cacheQuery(service: ServiceFacts, { services, parts }: Surroundings): Advice | undefined {
  const query = partOf(service, parts)?.needs.cacheQuery;
  const caches = services.filter(isCache).map(({ name }) => name);
  if (query === undefined || caches.length === 0) return undefined;
  const urls = [...service.variables].filter(
    ([, value]) =>
      caches.some((name) => new RegExp(`^rediss?://(?:[^@/]*@)?${name}(?::\\d+)?(?:/|$)`).test(value)) &&
      !value.includes("ssl_cert_reqs"),
  );
  if (urls.length === 0) return undefined;
  const variables = mapping(...urls.map(([name, value]) => entry(name, escaped(withQuery(value, query)))));
  const comment = "On AWS the cache has TLS, and Celery wants to be told how to check it.";
  return advise(
    `${urls.map(([name]) => name).join(", ")}: Celery wants \`${query}\` where the cache has TLS`,
    { settings: [entry("variables", variables, comment)] },
  );
}

function withQuery(url: string, query: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

function isCache({ image, context }: ServiceFacts): boolean {
  if (image === undefined || context !== undefined) return false;
  const known = knownImage(image);
  return known?.kind === "managed" && known.type === "cache";
}

/** The program a service is built from, or runs from a mounted folder. */
export function partOf(service: ServiceFacts, parts: readonly Part[]): Part | undefined {
  const folders = foldersOf(service);
  return folders
    .map((folder) => parts.find((part) => part.folder === folder))
    .find((part) => part !== undefined);
}

/** Where its program lies, the nearest first. In a monorepo the context is the root, and the Dockerfile lies with the program. */
function foldersOf({ context, dockerfile, mounts }: ServiceFacts): readonly string[] {
  if (context !== undefined) return [folderOf(join(context, dockerfile ?? "Dockerfile")), context];
  return mounts
    .filter((one) => /^\.{1,2}\//.test(one) || one.startsWith(".:"))
    .map((one) => (one.split(":")[0] ?? "").replace(/^\.\/?/, "") || ".");
}

/** `$` is Compose's own sign; written twice it is itself. */
function escaped(text: string): string {
  return text.replaceAll("$", "$$$$");
}
