import type { Place } from "../../../errors.ts";
import { partAt, type Section, scalar, sectionAt, type Tree } from "../../yaml/tree.ts";
import { prefix } from "./keys/publish.ts";
import { cacheAddon, databaseAddon, type ManagedAddon } from "./managed-addon.ts";
import { type Setting, tableSettings } from "./table-addon.ts";
import { templateValue } from "./template-value.ts";
import {
  type Becomes,
  isTrue,
  listed,
  mapped,
  noted,
  textOf,
  type Write,
  without,
  write,
} from "./treatment.ts";
import type { Outcome } from "./walk.ts";
import { resource } from "./workload.ts";

/** A CloudFormation template among the addons. */
export interface Addon {
  readonly template: Section;
  /** The service whose folder it lies in; undefined for those of all environments. */
  readonly service?: string;
}

/** Made along with what they serve, or not needed: access follows from `uses`. */
const alongside: ReadonlySet<string> = new Set([
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::SecurityGroupEgress",
  "AWS::ElastiCache::ParameterGroup",
  "AWS::ElastiCache::SubnetGroup",
  "AWS::IAM::ManagedPolicy",
  "AWS::KMS::Alias",
  "AWS::KMS::Key",
  "AWS::RDS::DBClusterParameterGroup",
  "AWS::RDS::DBParameterGroup",
  "AWS::RDS::DBSubnetGroup",
  "AWS::S3::BucketPolicy",
  "AWS::SecretsManager::Secret",
  "AWS::SecretsManager::SecretTargetAttachment",
]);

/** What becomes of each resource that a template declares (https://aws.github.io/copilot-cli/docs/developing/addons/workload/). */
export function addonOutcomes(addon: Addon): readonly Outcome[] {
  const declared = sectionAt(addon.template, ["Resources"]);
  const resources = [...(declared?.entries ?? [])].flatMap(([id, { place, value }]) =>
    outcomesOf({ id, value, key: `Resources.${id}`, place }, addon),
  );
  const others = [...addon.template.entries].flatMap(([key, { place }]) => {
    const message = otherSections[key];
    return message === undefined ? [] : [{ key, place, becomes: noted(message) }];
  });
  return [...resources, ...others];
}

const otherSections: Readonly<Record<string, string>> = {
  Parameters: "a template's own parameters; the settings that matter here stand with the resource",
  Mappings: "a template's own tables; the settings that matter here stand with the resource",
  Conditions: "a template's own conditions; write what differs under the environment",
  Outputs: "Copilot made variables of them; the resource's own variables take their place",
};

/** A resource that a template declares. */
interface Declared {
  readonly id: string;
  readonly value: Tree;
  readonly key: string;
  readonly place: Place;
}

function outcomesOf(declared: Declared, addon: Addon): readonly Outcome[] {
  const { value, key, place } = declared;
  switch (textOf(partAt(value, ["Type"]))) {
    case "AWS::RDS::DBCluster":
      return database(declared, addon);
    case "AWS::RDS::DBInstance":
      return partAt(value, ["Properties", "DBClusterIdentifier"]) === undefined
        ? database(declared, addon)
        : [{ key, place, becomes: noted("the database's own instance") }];
    case "AWS::ElastiCache::CacheCluster":
    case "AWS::ElastiCache::ReplicationGroup":
    case "AWS::ElastiCache::ServerlessCache":
      return managed("cache", cacheAddon(value, addon.template), declared, addon);
    default:
      return [{ key, place, becomes: plainBecomes(declared, addon) }];
  }
}

function plainBecomes({ id, value }: Declared, addon: Addon): Becomes {
  const type = textOf(partAt(value, ["Type"])) ?? "";
  const properties = partAt(value, ["Properties"]);
  switch (type) {
    case "AWS::S3::Bucket":
      return made("bucket", [], id, value, addon);
    case "AWS::DynamoDB::Table":
      return made("table", tableSettings(properties), id, value, addon);
    case "AWS::SQS::Queue":
      return made("queue", orderOf(partAt(properties, ["FifoQueue"])), id, value, addon);
    case "AWS::SNS::Topic":
      return made("topic", orderOf(partAt(properties, ["FifoTopic"])), id, value, addon);
    default:
      return alongside.has(type)
        ? noted("is made along with what it serves; what a service may reach follows from its `uses`")
        : without(
            `nothing here makes \`${type}\`: keep its stack, and tell the service what it needs as variables`,
          );
  }
}

function database(declared: Declared, addon: Addon): readonly Outcome[] {
  const { value, key, place } = declared;
  const found = databaseAddon(value, addon.template);
  if (found !== undefined) return managed("database", found, declared, addon);
  const engine = templateValue(addon.template, partAt(value, ["Properties", "Engine"]));
  const message =
    engine === undefined
      ? "its engine is told nowhere in the template"
      : `no database of the engine \`${engine}\` is made here`;
  return [{ key, place, becomes: without(message) }];
}

function orderOf(fifo: Tree | undefined): readonly Setting[] {
  return isTrue(fifo) && fifo !== undefined ? [[["fifo"], scalar(true, fifo.place)]] : [];
}

function made(type: string, settings: readonly Setting[], id: string, value: Tree, addon: Addon): Becomes {
  const { name, variable } = nameOf(id, addon.template);
  const writes: readonly Write[] = [
    write(resource(name, "type"), type, value.place),
    ...settings.map(([path, setting]) => ({ path: resource(name, ...path), value: setting })),
    ...usedBy(name, value, addon),
  ];
  const given = variablesOf(type, name);
  const moved =
    addon.service === undefined
      ? "name it under `uses` of what reaches it; what it holds has to be copied"
      : "what it holds has to be copied";
  const read = variable === given ? `the variable \`${given}\` stays` : `the service reads \`${given}\``;
  return mapped(writes, `${read}; ${moved}`);
}

function usedBy(name: string, { place }: Tree, { service }: Addon): readonly Write[] {
  return service === undefined ? [] : [listed(["services", service, "x-freehold", "uses"], [name], place)];
}

function variablesOf(type: string, name: string): string {
  const suffix: Readonly<Record<string, string>> = {
    queue: "URL",
    topic: "ARN",
    database: "URL",
    cache: "URL",
  };
  return `${prefix(name)}_${suffix[type] ?? "NAME"}`;
}

/** What AWS runs, with its settings; its version may be one that cannot be had any more. */
function managed(type: string, addon: ManagedAddon, { id, value, key, place }: Declared, around: Addon) {
  const becomes = made(type, addon.settings, id, value, around);
  const { lostVersion, message } = addon;
  const said =
    becomes.outcome === "mapped" && message !== ""
      ? mapped(becomes.writes, `${message}; ${becomes.message}`)
      : becomes;
  return [
    { key, place, becomes: said },
    ...(lostVersion === undefined
      ? []
      : [{ key: `${key}.Properties.EngineVersion`, place, becomes: without(lostVersion) }]),
  ];
}

/** Named so that its variable is the one Copilot made of the output that refers to it, where there is one. */
function nameOf(id: string, template: Section): { readonly name: string; readonly variable?: string } {
  const outputs = [...(sectionAt(template, ["Outputs"])?.entries ?? [])];
  const [output] =
    outputs.find(([, { value }]) => textOf(partAt(value, ["Value"])) === id && !id.endsWith("DBCluster")) ??
    [];
  if (output === undefined)
    return { name: kebab(id.replace(/DBCluster$|Bucket$|Table$|Queue$|Topic$/, "") || id) };
  const variable = screamingSnake(output);
  return { name: kebab(output.replace(/(?:Name|Url|URL|Arn|ARN)$/, "") || output), variable };
}

function kebab(text: string): string {
  return screamingSnake(text).toLowerCase().replaceAll("_", "-");
}

/** As Copilot names a variable after an output: `mybucketName` becomes `MYBUCKET_NAME`. */
function screamingSnake(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])(?=[A-Z][a-z])/g, "$1_")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}
