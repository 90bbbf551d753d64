import { UserError } from "../errors.ts";
import type {
  Application,
  Collection,
  ContainerService,
  Environment,
  ImageSource,
  Platform,
  Resource,
  Service,
  Site,
} from "./application.ts";
import type { ExistingSecret } from "./existing-secret.ts";

/** An environment and the collection it stands in. */
export interface Found {
  readonly collection: Collection;
  readonly environment: Environment;
}

/**
 * Finds `staging` or, where several collections have one of that name, `production/staging`. Without a name: the only
 * environment, or `dev`. Errors: UserError `no-environment`, `which-environment`.
 */
export function findEnvironment(application: Application, name?: string): Found {
  const all = application.collections.flatMap((collection) =>
    collection.environments.map((environment) => ({ collection, environment })),
  );
  const found = name === undefined ? withoutName(all) : all.filter((one) => matches(one, name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UserError(notFound(all, found.length, name), { exitCode: name === undefined ? 2 : 1 });
}

/** The application as if it had this environment only. Errors: those of `findEnvironment`. */
export function onlyEnvironment(application: Application, name: string): Application {
  const { collection, environment } = findEnvironment(application, name);
  return { ...application, collections: [{ ...collection, environments: [environment] }] };
}

function matches({ collection, environment }: Found, name: string): boolean {
  return environment.name === name || `${collection.name}/${environment.name}` === name;
}

function withoutName(all: readonly Found[]): readonly Found[] {
  return all.length === 1 ? all : all.filter((one) => one.environment.name === "dev");
}

function notFound(all: readonly Found[], count: number, name: string | undefined) {
  const names = all.map(({ collection, environment }) => `${collection.name}/${environment.name}`).join(", ");
  if (name === undefined || count > 1) {
    const message =
      name === undefined ? "which environment is meant?" : `${count} environments are called ${name}`;
    return { code: "which-environment", subject: name ?? "", message, hint: `name one of: ${names}` };
  }
  const message = "There is no such environment.";
  return { code: "no-environment", subject: name, message, hint: `The file has ${names}.` };
}

/** Services that run as containers, in the order of the file's names. */
export function containerServices(environment: Environment): readonly ContainerService[] {
  return environment.services.filter((service) => service.type !== "site");
}

/** Secrets that are there already and that a service has in variables or in files. */
export function existingSecretsOf({
  existingSecrets = {},
  secretFiles = [],
}: ContainerService): readonly ExistingSecret[] {
  const inFiles = secretFiles.flatMap(({ source }) => (source.kind === "existing" ? [source.secret] : []));
  return [...Object.values(existingSecrets), ...inFiles];
}

export function siteServices(environment: Environment): readonly Site[] {
  return environment.services.filter((service) => service.type === "site");
}

/** The service of that name; errors: UserError `no-service`. */
export function findService(environment: Environment, name: string): Service {
  const service = environment.services.find((one) => one.name === name);
  if (service !== undefined) return service;
  const names = environment.services.map((one) => one.name).join(", ");
  const message = `There is no such service in ${environment.name}.`;
  throw new UserError({ code: "no-service", subject: name, message, hint: `It has ${names}.` });
}

export function findResource(environment: Environment, name: string): Resource | undefined {
  return environment.resources.find((resource) => resource.name === name);
}

/** An image that the collection keeps a repository for. */
export interface KeptImage {
  /** Of the service or database. */
  readonly name: string;
  readonly image: ImageSource;
  readonly platform: Platform;
}

/** One entry per container service and database of the collection, by name; sites leave no image behind. */
export function imagesOf(collection: Collection): readonly KeptImage[] {
  const images = new Map<string, KeptImage>();
  for (const environment of collection.environments) {
    for (const image of imagesOfEnvironment(environment)) {
      if (!images.has(image.name)) images.set(image.name, image);
    }
  }
  return [...images.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function imagesOfEnvironment(environment: Environment): readonly KeptImage[] {
  const services = containerServices(environment).map(({ name, image, platform }) => ({
    name,
    image,
    platform,
  }));
  const databases = environment.resources
    .filter((resource) => resource.type === "database")
    .map(({ name, image }) => ({
      name,
      image: { kind: "image", reference: image } as const,
      platform: "linux/amd64" as const,
    }));
  return [...services, ...databases];
}
