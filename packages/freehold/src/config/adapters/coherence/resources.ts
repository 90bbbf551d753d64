import type { Findings } from "../../findings.ts";
import { hintFor } from "../../suggest.ts";
import { partAt, type Section, type Tree } from "../../yaml/tree.ts";
import { isResourceType, type ResourceContext, resourceContext, resourceRules } from "../cnc/resource.ts";
import {
  itemsOf,
  naming,
  nothing,
  type Rules,
  sectionOf,
  type Target,
  type Turned,
  textOf,
  together,
  turned,
  type Written,
  walk,
  wrong,
} from "../rules.ts";

/** Names here of the resources that services declare, by `service.resource`. */
export type ResourceNames = ReadonlyMap<string, string>;

/** Two services may each have a `db1` of their own: the later one's is called after its service. */
export function resourceNames(file: Section): ResourceNames {
  const names = new Map<string, string>();
  for (const [service, { value }] of file.entries)
    for (const item of declared(value)) {
      const name = textOf(partAt(item, ["name"]));
      if (name === undefined || partAt(item, ["use_sibling"]) !== undefined) continue;
      const isTaken = [...names.values()].includes(name);
      names.set(`${service}.${name}`, isTaken ? `${service}-${name}` : name);
    }
  return names;
}

/** What a service may reach: what it declares, its own or a sibling's. */
export function usesOf(service: string, tree: Tree, names: ResourceNames): readonly string[] {
  return declared(tree).flatMap((item) => nameHere(service, item, names) ?? []);
}

function declared(service: Tree): readonly Tree[] {
  const list = partAt(service, ["resources"]);
  return list?.kind === "list" ? list.items : [];
}

function nameHere(service: string, item: Tree, names: ResourceNames): string | undefined {
  const sibling = partAt(item, ["use_sibling"]);
  const owner = textOf(partAt(sibling, ["service_name"])) ?? service;
  const name = textOf(partAt(sibling, ["resource_name"])) ?? textOf(partAt(item, ["name"]));
  return names.get(`${owner}.${name}`);
}

const shared = "one that several services reach";

const sibling: Rules<Target> = {
  name: naming(shared),
  type: naming(shared),
  engine: naming(shared),
  version: naming(shared),
  use_sibling: naming(shared),
};

/** `resources` of a service. */
export function resourcesOf(
  written: Written,
  service: string,
  names: ResourceNames,
  findings: Findings,
): Turned {
  return together(itemsOf(written, findings).map((item) => resource(item, service, names, findings)));
}

function resource(written: Written, service: string, names: ResourceNames, findings: Findings): Turned {
  const tree = sectionOf(written, findings);
  if (tree === undefined) return nothing;
  const name = nameHere(service, tree, names);
  const type = textOf(partAt(tree, ["type"]));
  if (name === undefined) return wrong(written, { message: "names no resource of this file" }, findings);
  const context = resourceContext(["x-freehold", "resources", name], tree);
  if (tree.entries.has("use_sibling")) return walk(tree, sibling, written.key, context, findings);
  if (isResourceType(type)) return walk(tree, rulesOf(type), written.key, context, findings);
  const message = type === undefined ? "has no `type`" : `\`${type}\` is not a type`;
  return wrong(written, { message, hint: hintFor(type ?? "", Object.keys(resourceRules)) }, findings);
}

/** `engine: redis` of a cache, `postgres` of a database: as cnc has them. */
function rulesOf(type: string): Rules<ResourceContext> {
  return { ...resourceRules[type], use_sibling: turned(() => nothing) };
}
