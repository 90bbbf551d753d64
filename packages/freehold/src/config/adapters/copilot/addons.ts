import { partAt, type Section, scalar, sectionAt, type Tree } from "../../yaml/tree.ts";
import { prefix } from "./keys/publish.ts";
import { type Setting, tableSettings } from "./table-addon.ts";
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
  "AWS::IAM::ManagedPolicy",
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
  const resources = [...(declared?.entries ?? [])].map(([id, { place, value }]) => ({
    key: `Resources.${id}`,
    place,
    becomes: becomes(id, value, addon),
  }));
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

function becomes(id: string, value: Tree, addon: Addon): Becomes {
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
    case "AWS::RDS::DBCluster":
      return database(id, value, addon);
    case "AWS::RDS::DBInstance":
      return partAt(properties, ["DBClusterIdentifier"]) === undefined
        ? database(id, value, addon)
        : noted("the database's own instance");
    default:
      return alongside.has(type)
        ? noted("is made along with what it serves; what a service may reach follows from its `uses`")
        : without(
            `nothing here makes \`${type}\`: keep its stack, and tell the service what it needs as variables`,
          );
  }
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
  const suffix: Readonly<Record<string, string>> = { queue: "URL", topic: "ARN", database: "URL" };
  return `${prefix(name)}_${suffix[type] ?? "NAME"}`;
}

function database(id: string, value: Tree, addon: Addon): Becomes {
  const properties = partAt(value, ["Properties"]);
  const written = textOf(partAt(properties, ["Engine"])) ?? "";
  const engine = /mysql/.test(written)
    ? "mysql"
    : /mariadb/.test(written)
      ? "mariadb"
      : /postgres/.test(written)
        ? "postgres"
        : undefined;
  if (engine === undefined) return without(`no database of the engine \`${written}\` is made here`);
  const major = /^\d+(?:\.0)?/.exec(textOf(partAt(properties, ["EngineVersion"])) ?? "")?.[0];
  const version = engine === "postgres" ? major?.split(".")[0] : undefined;
  const settings: readonly Setting[] = [
    [["engine"], scalar(engine, value.place)],
    ...(version === undefined ? [] : [[["version"], scalar(version, value.place)] as const]),
  ];
  const found = made("database", settings, id, value, addon);
  const aurora = written.startsWith("aurora") ? "RDS in place of Aurora; " : "";
  return found.outcome === "mapped" ? mapped(found.writes, `${aurora}${found.message ?? ""}`) : found;
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
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}
