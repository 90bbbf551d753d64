import type {
  Application,
  Collection,
  ContainerService,
  Environment,
  ImageSource,
  Resource,
  Service,
} from "../../src/app/application.ts";
import type { Binding } from "../../src/app/binding.ts";
import type { ConfigFile } from "../../src/app/config-file.ts";
import { containerServices } from "../../src/app/find.ts";
import { formatSize } from "../../src/app/sizes.ts";

type Facts = Readonly<Record<string, unknown>>;

/** What a reader wants to know of an application: what each thing became and why, sizes, bindings, notes. */
export function resolution(application: Application): Facts {
  const environments = application.collections.flatMap((collection) =>
    collection.environments.map((environment) => [
      `${collection.name}/${environment.name}`,
      environmentFacts(collection, environment),
    ]),
  );
  return {
    name: application.name,
    ...Object.fromEntries(environments),
    notes: application.notes.map(({ subject, message }) => `${subject}: ${message}`),
  };
}

function environmentFacts(collection: Collection, environment: Environment): Facts {
  const { account, region, network, tags } = collection;
  const usual = { region: "us-east-1", cidr: "10.0.0.0/16", zones: 2, kind: "staging" };
  const around = unlike(usual, { account, region, ...network, egress: undefined, kind: environment.kind });
  return {
    ...around,
    ...filled({ tags }),
    services: Object.fromEntries(environment.services.map((one) => [one.name, serviceFacts(one)])),
    resources: Object.fromEntries(environment.resources.map((one) => [one.name, resourceFacts(one)])),
    ...filled({ bound: Object.fromEntries(containerServices(environment).flatMap(boundFacts)) }),
  };
}

function serviceFacts(service: Service): Facts {
  if (service.type === "site") {
    const { name: _, source, ...rest } = service;
    return { ...rest, ...source };
  }
  return containerFacts(service);
}

const usualContainer = { platform: "linux/amd64", stopGrace: 10, count: 1 };

function containerFacts({
  name: _,
  bindings: __,
  size,
  image,
  variables,
  configs,
  ...rest
}: ContainerService): Facts {
  const { type, reason, ...others } = rest;
  const health = "health" in others ? { health: `${others.health.path} ${others.health.codes}` } : {};
  const grace = "health" in others ? unlike({ grace: 60 }, { grace: others.health.grace }) : {};
  const own = Object.entries(variables).filter(([name]) => !/^(?:FREEHOLD_|PORT$)/.test(name));
  return {
    type,
    reason,
    ...imageFacts(image),
    ...filled(unlike(usualContainer, { ...others, health: undefined })),
    ...filled({ configs: configs?.map(configText) }),
    ...health,
    ...grace,
    size: formatSize(size),
    ...filled({ variables: Object.fromEntries(own) }),
  };
}

/** `/etc/app.conf ← ./app.conf, 0644 of 0:0` */
function configText({ path, content, mode, owner }: ConfigFile): string {
  const from = content.kind === "file" ? `./${content.path}` : JSON.stringify(content.text);
  return `${path} ← ${from}, ${mode.toString(8).padStart(4, "0")} of ${owner.user}:${owner.group}`;
}

function imageFacts(image: ImageSource): Facts {
  return image.kind === "build" ? { build: filled({ ...image.build }) } : { image: image.reference };
}

function resourceFacts({ name: _, ...resource }: Resource): Facts {
  const { databases, named: __, ...rest } = { databases: undefined, named: undefined, ...resource };
  const owned = databases?.map((one) => `${one.name} of ${one.role}`);
  return filled({ ...rest, databases: owned });
}

/** `api ← db`: the variables that carry it, and of a URL what is in it. */
function boundFacts({ name, bindings }: ContainerService): readonly (readonly [string, readonly string[]])[] {
  const byResource = Map.groupBy(Object.entries(bindings), ([, binding]) => binding.resource);
  return [...byResource].map(([resource, entries]) => [`${name} ← ${resource}`, entries.map(bindingText)]);
}

function bindingText([name, binding]: readonly [string, Binding]): string {
  if (binding.kind === "attribute") return `${name}: ${binding.attribute}${ofRole(binding.role)}`;
  if (binding.kind === "text") {
    const parts = binding.parts.map((part) => ("text" in part ? part.text : `{${part.attribute}}`));
    return `${name}: ${parts.join("")}${ofRole(binding.role)}`;
  }
  const query = binding.query === "" ? "" : `?${binding.query}`;
  return `${name}: ${binding.scheme}://…${binding.path}${query}${ofRole(binding.role)}`;
}

function ofRole(role: string | undefined): string {
  return role === undefined ? "" : ` of ${role}`;
}

/** Without what is empty, which says nothing. */
function filled(facts: Facts): Facts {
  const isEmpty = (value: unknown) =>
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => !isEmpty(value)));
}

/** Without what is as it usually is. */
function unlike(usual: Facts, facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(([key, value]) => value !== undefined && value !== usual[key]),
  );
}
