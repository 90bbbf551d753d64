import type {
  Application,
  Collection,
  ContainerService,
  Environment,
  HealthCheck,
  Resource,
  Service,
  Site,
} from "./application.ts";
import type { Binding } from "./binding.ts";
import { isConnected, isRunning } from "./calls.ts";
import { engineFacts } from "./database-engine.ts";
import { drainSeconds } from "./drain.ts";
import type { ExistingSecret } from "./existing-secret.ts";
import { containerServices } from "./find.ts";
import { describeHostCommand } from "./host-command.ts";
import type { SecretFile } from "./secret-file.ts";
import { formatSize } from "./sizes.ts";
import type { Table } from "./table.ts";
import type { Topic } from "./topic.ts";

/** A heading and rows of cells below it, for whoever prints them. */
export interface Section {
  readonly heading: string;
  readonly rows: readonly (readonly string[])[];
}

/** What becomes of the file and why: one group of sections per environment, the notes at the end. */
export function describeApplication(application: Application): readonly Section[] {
  const environments = application.collections.flatMap((collection) =>
    collection.environments.flatMap((environment) =>
      describeEnvironment(application, collection, environment),
    ),
  );
  const notes = describeNotes(application.notes);
  return [...environments, ...(notes.length === 0 ? [] : [{ heading: "notes", rows: notes }])];
}

/** One row per thing that is told, at the first that it is told of. */
function describeNotes(notes: Application["notes"]): readonly (readonly string[])[] {
  const alike = Map.groupBy(notes, ({ message }) => message);
  return [...alike].map(([message, [first, ...others]]) => {
    const subjects = others.map(({ subject }) => subject);
    const rest = subjects.length === 0 ? "" : `. The same of ${subjects.join(", ")}`;
    return [first?.subject ?? "", `${message}${rest}`];
  });
}

function describeEnvironment(
  application: Application,
  collection: Collection,
  environment: Environment,
): readonly Section[] {
  const account = collection.account === undefined ? "" : ` in account ${collection.account}`;
  const place = `${collection.region}${account}`;
  const heading = `${application.name} · ${collection.name}/${environment.name} (${environment.kind}, ${place})`;
  const things = [
    ...environment.services.map((service) => describeService(service, environment.services)),
    ...environment.resources.map(describeResource),
  ];
  const services = containerServices(environment);
  const bindings = services.flatMap((service) => [
    ...describeBindings(service),
    ...describeOwnUrls(service),
    ...describeCalls(service),
  ]);
  const configs = services.flatMap(describeConfigs);
  const secrets = services.flatMap(describeSecretFiles);
  const existing = services.flatMap(describeExisting);
  return [
    { heading, rows: things },
    ...(bindings.length === 0 ? [] : [{ heading: "variables bound on AWS", rows: bindings }]),
    ...(configs.length === 0 ? [] : [{ heading: "config files carried to AWS", rows: configs }]),
    ...(existing.length === 0 ? [] : [{ heading: "secrets that are there already", rows: existing }]),
    ...(secrets.length === 0 ? [] : [{ heading: "secrets in files", rows: secrets }]),
  ];
}

/** One row per file that lies over an image. */
function describeConfigs({ name, configs = [] }: ContainerService): readonly (readonly string[])[] {
  return configs.map(({ path, content }) => [
    name,
    path,
    content.kind === "file" ? `← ${content.path}` : "as the Compose file says",
  ]);
}

/** One row per file that holds a secret. */
function describeSecretFiles({ name, secretFiles = [] }: ContainerService): readonly (readonly string[])[] {
  return secretFiles.map((file) => [name, file.path, describeSource(file)]);
}

function nameOf({ id, key }: ExistingSecret): string {
  return `${key === undefined ? "" : `${key} of `}the secret ${id}`;
}

/** One row per variable that has a secret which is there already. */
function describeExisting({ name, existingSecrets = {} }: ContainerService): readonly (readonly string[])[] {
  return Object.entries(existingSecrets).map(([variable, secret]) => [name, variable, `← ${nameOf(secret)}`]);
}

function describeSource({ name, source }: SecretFile): string {
  switch (source.kind) {
    case "own":
      return `← ${name}, set with \`freehold secrets set\``;
    case "existing":
      return `← ${nameOf(source.secret)}`;
    case "bound":
      return `← ${source.binding.kind === "attribute" ? source.binding.attribute : "address"} of ${source.binding.resource}`;
  }
}

function describeService(service: Service, all: readonly Service[]): readonly string[] {
  return [
    service.name,
    service.type,
    service.type === "site" ? describeSite(service) : describeContainer(service, all),
    service.reason,
  ];
}

function describeSite({ path, mode, source }: Site): string {
  const of = `${path} (${mode}), files from`;
  if (source.kind === "image") return `${of} ${source.output} of the built image`;
  const { folder, output, command } = source;
  const made = command === undefined ? "" : `, ${describeHostCommand({ folder, command })}`;
  return `${of} ${folder}/${output}${made}`;
}

function describeContainer(service: ContainerService, all: readonly Service[]): string {
  const proxy = isRunning(service) && isConnected(all, service) ? " with its Service Connect proxy" : "";
  const size = `${formatSize(service.size)}${proxy}`;
  switch (service.type) {
    case "web":
      return `${service.path} → port ${service.port}, ${service.count} × ${size}, health ${describeHealth(service.health)}, drains ${drainSeconds(service)} s`;
    case "private":
      return `port ${[service.port, ...service.otherPorts].join(", ")}, ${service.count} × ${size}`;
    case "worker":
      return `${service.count} × ${size}`;
    case "cron":
      return `${service.written} (${service.timezone}), ${size}`;
    case "job":
      return `${service.isAwaited ? "once per release, and " : ""}by \`freehold run ${service.name}\`, ${size}`;
  }
}

function describeHealth({ path, codes }: HealthCheck): string {
  return `${path} ${codes}`;
}

function describeResource(resource: Resource): readonly string[] {
  return [resource.name, resource.type, resourceDetail(resource), resource.reason];
}

function resourceDetail(resource: Resource): string {
  switch (resource.type) {
    case "database": {
      const zones = resource.multiZone ? "two zones" : "one zone";
      const databases = resource.databases.map(({ name }) => name).join(", ");
      return `${engineFacts[resource.engine].label} ${resource.version}, ${resource.size}, ${resource.storage}–${resource.maxStorage} GiB, ${zones}, databases: ${databases}`;
    }
    case "cache":
      return `${resource.engine} ${resource.version}, ${resource.size}${resource.replicas === 0 ? "" : `, ${resource.replicas} replicas`}`;
    case "bucket":
      return "private";
    case "table":
      return tableDetail(resource);
    case "topic":
      return topicDetail(resource);
    case "volume":
      return `EFS, ${resource.backups ? "a backup each day" : "no backups"}`;
    case "queue":
      return `${resource.fifo ? "in order" : "any order"}, ${resource.visibilityTimeout} s hidden, ${resource.maxReceives} tries`;
  }
}

function tableDetail({ partition, sort, indexes, ttl, stream, pointInTimeRecovery }: Table): string {
  const key = [partition, ...(sort === undefined ? [] : [sort])].map(({ name }) => name).join(" and ");
  return [
    `DynamoDB, found by ${key}`,
    ...(indexes.length === 0 ? [] : [`indexes: ${indexes.map(({ name }) => name).join(", ")}`]),
    ...(ttl === undefined ? [] : [`gone at ${ttl}`]),
    ...(stream === undefined ? [] : ["a stream of changes"]),
    pointInTimeRecovery ? "35 days can be brought back" : "no backups",
  ].join(", ");
}

function topicDetail({ fifo, subscriptions }: Topic): string {
  const queues = subscriptions.map(({ queue, filter }) =>
    filter === undefined ? queue : `${queue} (filtered)`,
  );
  const order = fifo ? "in order" : "any order";
  return `${order}, ${queues.length === 0 ? "no queue receives it" : `to ${queues.join(", ")}`}`;
}

/** One row per resource a service reaches: which variables carry it. */
function describeBindings(service: ContainerService): readonly (readonly string[])[] {
  const byResource = Map.groupBy(Object.entries(service.bindings), ([, binding]) => binding.resource);
  return [...byResource]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([resource, entries]) => [service.name, `← ${resource}`, entries.map(describeBinding).join(", ")]);
}

function describeOwnUrls({ name, ownUrls = [] }: ContainerService): readonly (readonly string[])[] {
  return ownUrls.length === 0 ? [] : [[name, "← FREEHOLD_URL", ownUrls.join(", ")]];
}

/** One row per variable that names another service: its value where there is Service Connect, and elsewhere. */
function describeCalls(service: ContainerService): readonly (readonly string[])[] {
  return Object.entries(service.taskVariables).map(([name, away]) => {
    const value = isRunning(service) ? `${service.variables[name]}; in tasks run once ${away}` : away;
    return [service.name, name, value];
  });
}

function describeBinding([name, binding]: readonly [string, Binding]): string {
  return binding.kind === "url" ? `${name} (${binding.scheme}://…${binding.path})` : name;
}
