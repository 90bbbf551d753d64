import type { Findings } from "../../findings.ts";
import { partAt, type Section, type Tree } from "../../yaml/tree.ts";
import { placed } from "../document.ts";
import {
  inside,
  itemsOf,
  mapped,
  mapping,
  naming,
  noted,
  nothing,
  noting,
  type Rule,
  type Rules,
  sectionOf,
  type Target,
  type Turn,
  type Turned,
  textOf,
  together,
  turned,
  type Written,
  walk,
  without,
  wrong,
} from "../rules.ts";
import type { Containers } from "./containers.ts";
import { existingOf } from "./existing.ts";
import { variableOf } from "./variables.ts";

/** What the rules of an environments file need to know. */
export interface EnvironmentsContext extends Target {
  readonly containers: Containers;
  /** Names of variables that are secrets of every service somewhere. */
  readonly secrets: ReadonlySet<string>;
  /** Of the whole file: that of a collection without one. */
  readonly region: string | undefined;
  /** The cloud that the file is for, where that is not AWS. */
  readonly elsewhere: string | undefined;
  /** Names of the collection's environments. */
  readonly environments: readonly string[];
}

type Settings = Rules<EnvironmentsContext>;

const templates = "cnc's templates are not run: what yours change is for you to look through";
const ownPassword = "Freehold makes a password of its own and keeps it in Secrets Manager";
const freeForm = "it is for templates of your own";

/** What names a place in a cloud means nothing in another one. */
function ofAws(turn: Turn<EnvironmentsContext>): Rule<EnvironmentsContext> {
  return turned((written, context, findings) =>
    context.elsewhere === undefined
      ? turn(written, context, findings)
      : noting(written, "without counterpart", `is of \`${context.elsewhere}\`; write that of AWS`),
  );
}

/** What stands at the top of `environments.yml`. */
export const environmentsRules: Settings = {
  name: mapped(["name"]),
  provider: turned((written, { elsewhere }) =>
    elsewhere === undefined
      ? noting(written, "noted", "AWS it is")
      : noting(
          written,
          "without counterpart",
          `\`${elsewhere}\` is not AWS, where all is made: write \`account\` and \`region\` of each collection`,
        ),
  ),
  region: ofAws((written) => ({
    parts: [],
    rows: mapping(written, ["x-freehold", "collections", "*", "region"]).rows,
  })),
  flavor: turned((written) =>
    textOf(written.entry.value) === "ecs"
      ? noting(written, "noted", "containers run on ECS")
      : noting(written, "without counterpart", "containers run on ECS, whatever it says"),
  ),
  version: noted("of cnc's own templates"),
  template_config: inside({
    template_directory: without(templates),
    provision_filename: without(templates),
    deploy_filename: without(templates),
    build_filename: without(templates),
  }),
  collections: turned((written, context, findings) =>
    named(written, "collection", findings, (item, name, tree) => {
      const at = ["x-freehold", "collections", name];
      const environments = namesIn(tree, "environments");
      const own = walk(tree, collectionRules, item.key, { ...context, at, environments }, findings);
      const needsRegion = context.region !== undefined && !tree.entries.has("region");
      const place = item.entry.place;
      const around = needsRegion ? mapping(item, [...at, "region"], placed(context.region, place)).parts : [];
      return { rows: own.rows, parts: [...around, ...own.parts] };
    }),
  ),
};

const collectionRules: Settings = {
  name: naming(),
  base_domain: mapped(["domain"]),
  region: ofAws((written, { at }) => mapping(written, [...at, "region"])),
  account_id: ofAws((written, { at }) => mapping(written, [...at, "account"])),
  default: noted("name the environment where there are several"),
  data: without(freeForm),
  cloud_resource_namespace: noted("names on AWS are made of yours"),
  integrations: without("it is for Coherence's own platform"),
  database_password: without(ownPassword),
  existing_resources: turned((written, { at, environments }, findings) =>
    existingOf(
      written,
      at,
      environments.map((name) => [...at, "environments", name]),
      findings,
    ),
  ),
  environments: turned((written, context, findings) =>
    named(written, "environment", findings, (item, name, tree) => {
      const at = [...context.at, "environments", name];
      const own = walk(tree, environmentRules, item.key, { ...context, at }, findings);
      return {
        rows: own.rows,
        parts: [...mapping(item, at, placed({}, item.entry.place)).parts, ...own.parts],
      };
    }),
  ),
};

const kinds: Readonly<Record<string, string>> = {
  static: "staging",
  production: "production",
  preview: "preview",
};

const environmentRules: Settings = {
  name: naming(),
  type: turned((written, { at }, findings) => {
    const type = textOf(written.entry.value) ?? "";
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (kind !== undefined) return mapping(written, [...at, "kind"], placed(kind, written.entry.place));
    const message = `\`${type}\` is not a type of environment`;
    return wrong(written, { message, hint: "(allowed: preview, production, static)" }, findings);
  }),
  custom_domains: mapped(["domains"]),
  allowed_hosts: noted("CloudFront answers for the domains alone"),
  environment_variables: turned((written, context, findings) =>
    together(
      itemsOf(written, findings).map((item) => {
        const tree = sectionOf(item, findings);
        return tree === undefined ? nothing : variableOf(item, tree, context, findings);
      }),
    ),
  ),
  config_file_path: without("one file describes all environments"),
  config_data: without("one file describes all environments"),
  image_tag: noted("a release knows its images by digest"),
  data: without(freeForm),
  paused: turned((written, { at }) =>
    textOf(written.entry.value) === "true"
      ? mapping(written, [...at, "paused"])
      : noting(written, "noted", "it runs"),
  ),
  active_deployment: noted("what was released runs"),
  database_password: without(ownPassword),
  existing_resources: turned((written, { at }, findings) => existingOf(written, at, [at], findings)),
};

type Enter = (item: Written, name: string, tree: Section) => Turned;

/** The items of a list that each have a name. */
function named(written: Written, what: string, findings: Findings, enter: Enter): Turned {
  return together(
    itemsOf(written, findings).map((item) => {
      const tree = sectionOf(item, findings);
      const name = textOf(partAt(tree, ["name"]));
      if (tree === undefined) return nothing;
      return name === undefined
        ? wrong(item, { message: `is a ${what} without a name` }, findings)
        : enter(item, name, tree);
    }),
  );
}

/** Names that some environment gives to every service as a secret. */
export function secretNames(file: Section): ReadonlySet<string> {
  const variables = itemsIn(file, "collections")
    .flatMap((collection) => itemsIn(collection, "environments"))
    .flatMap((environment) => itemsIn(environment, "environment_variables"));
  const secret = variables.filter(
    (one) => partAt(one, ["secret_id"]) !== undefined && partAt(one, ["service"]) === undefined,
  );
  return new Set(secret.flatMap((one) => textOf(partAt(one, ["name"])) ?? []));
}

function namesIn(tree: Tree, key: string): readonly string[] {
  return itemsIn(tree, key).flatMap((one) => textOf(partAt(one, ["name"])) ?? []);
}

function itemsIn(tree: Tree, key: string): readonly Tree[] {
  const list = partAt(tree, [key]);
  return list?.kind === "list" ? list.items : [];
}
