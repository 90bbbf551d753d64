import type { ContainerService, Web } from "../../app/application.ts";
import { isRunning } from "../../app/calls.ts";
import type { ConnectOutputs, ServiceOutputs, TaskTemplate } from "../../aws/outputs.ts";
import { UserError } from "../../errors.ts";
import type { Check } from "../deploy/check.ts";
import { valueDigest } from "../input-digest.ts";
import type { Release, ReleasedService, ReleasedSite } from "./record.ts";

/** A service as this release wants it. */
export interface WantedService {
  readonly name: string;
  readonly type: ContainerService["type"];
  /** `<repository>@sha256:…`. */
  readonly image: string;
  /** Image of what writes its secret files, by digest as well. */
  readonly writer?: string;
  /** As the stack told it, the user's secrets pinned to the version they have now. */
  readonly template: TaskTemplate;
  readonly count: number;
  /** Of a web service. */
  readonly check?: Check;
  /** Of one that ECS keeps running. */
  readonly connect?: ConnectOutputs | null;
  readonly digest: string;
}

export interface WantedServiceInput {
  readonly service: ContainerService;
  readonly outputs: ServiceOutputs;
  readonly image: string;
  readonly writer?: string;
  /** Of the user's secrets. */
  readonly secret: { readonly arn: string; readonly versionId?: string };
  /** Of the service's managed credentials: another version means that its tasks hold old ones. */
  readonly bindingVersionId?: string;
}

export function wantedService(input: WantedServiceInput): WantedService {
  const { service, outputs, image, secret } = input;
  const writer = input.writer === undefined ? {} : { writer: input.writer };
  const template = pinned(outputs.template, secret);
  const check = service.type === "web" ? { check: checkOf(service) } : {};
  return {
    name: service.name,
    type: service.type,
    image,
    ...writer,
    template,
    count: isRunning(service) ? service.count : 0,
    ...check,
    ...(isRunning(service) ? { connect: outputs.connect } : {}),
    digest: valueDigest([
      template,
      image,
      input.bindingVersionId ?? null,
      check,
      outputs.connect,
      ...Object.values(writer),
    ]),
  };
}

/** Without the grace period, which is ECS's. */
function checkOf({ health: { grace: _grace, ...check } }: Web): Check {
  return check;
}

/**
 * The template with the user's secrets pinned to one version, so that tasks started later, and a rollback, see what this
 * release saw. `valueFrom` is `<arn>:<json key>:<stage>:<version id>`
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html).
 */
function pinned(template: TaskTemplate, secret: WantedServiceInput["secret"]): TaskTemplate {
  const { arn, versionId } = secret;
  if (versionId === undefined) return template;
  const isOfUser = (valueFrom: string) => valueFrom.startsWith(`${arn}:`) && valueFrom.endsWith("::");
  return {
    ...template,
    containerDefinitions: template.containerDefinitions.map((container) => ({
      ...container,
      secrets: container.secrets.map(({ name, valueFrom }) => ({
        name,
        valueFrom: isOfUser(valueFrom) ? `${valueFrom}${versionId}` : valueFrom,
      })),
    })),
  };
}

/** What a release has to do, against the one that is live. */
export interface ReleasePlan {
  /** Services whose template or image is another: they get a new task definition. */
  readonly changed: readonly WantedService[];
  /** Services that are as the live release has them, their count apart. */
  readonly kept: readonly KeptService[];
  /** Whether anything is worth a record: services, counts, sites, or something that has gone. */
  readonly isNew: boolean;
}

export interface KeptService {
  readonly wanted: WantedService;
  readonly released: ReleasedService;
}

/** What a release consists of, before it has an id. */
export interface Wanted {
  readonly services: readonly WantedService[];
  readonly sites: Readonly<Record<string, ReleasedSite>>;
  /** Digests of the databases' tasks. */
  readonly databases: Readonly<Record<string, string>>;
}

export function releasePlan(
  { services: wanted, sites, databases }: Wanted,
  live: Release | undefined,
): ReleasePlan {
  const pairs = wanted.map((one) => ({ wanted: one, released: live?.services[one.name] }));
  const kept = pairs.flatMap((pair) =>
    pair.released?.digest === pair.wanted.digest ? [{ wanted: pair.wanted, released: pair.released }] : [],
  );
  const changed = pairs
    .filter(({ wanted, released }) => released?.digest !== wanted.digest)
    .map((pair) => pair.wanted);
  const isRecounted = kept.some((one) => one.wanted.count !== one.released.count);
  const hasGone = Object.keys(live?.services ?? {}).some((name) => !wanted.some((one) => one.name === name));
  const isNew =
    live === undefined ||
    changed.length > 0 ||
    isRecounted ||
    hasGone ||
    valueDigest([sites, databases]) !== valueDigest([live.sites, live.databases]);
  return { changed, kept, isNew };
}

/** Services grouped so that each group's dependencies are in earlier ones; what depends on itself in a circle goes last, together. */
export function dependencyWaves<T extends { readonly name: string }>(
  services: readonly T[],
  dependsOn: (name: string) => readonly string[],
): readonly (readonly T[])[] {
  if (services.length === 0) return [];
  const names = new Set(services.map((one) => one.name));
  const isReady = (one: T) => dependsOn(one.name).every((name) => name === one.name || !names.has(name));
  const ready = services.filter(isReady);
  if (ready.length === 0) return [services];
  const rest = services.filter((one) => !isReady(one));
  return [ready, ...dependencyWaves(rest, dependsOn)];
}

/** What the stack told of a service. Errors: UserError `not-provisioned`. */
export function serviceOutputs(
  services: Readonly<Record<string, ServiceOutputs>>,
  name: string,
): ServiceOutputs {
  const outputs = services[name];
  if (outputs !== undefined) return outputs;
  throw new UserError({
    code: "not-provisioned",
    subject: name,
    message: `The environment does not hold ${name} yet.`,
    hint: "Run `freehold up`, which provisions it first.",
  });
}

/** Entries for the record: changed services with their new revision, kept ones as they were, counts as the file has them. */
export function releasedServices(
  plan: ReleasePlan,
  revisions: ReadonlyMap<string, string>,
  id: string,
): Readonly<Record<string, ReleasedService>> {
  const changed = plan.changed.map(({ name, template: _template, ...rest }): [string, ReleasedService] => [
    name,
    { ...rest, taskDefinitionArn: revisions.get(name) ?? "", changedIn: id },
  ]);
  const kept = plan.kept.map(({ wanted, released }): [string, ReleasedService] => [
    wanted.name,
    { ...released, count: wanted.count },
  ]);
  return Object.fromEntries([...changed, ...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}
