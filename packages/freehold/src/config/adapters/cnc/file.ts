import { fileKeys } from "../../compose/keys.ts";
import type { Findings } from "../../findings.ts";
import { hintFor } from "../../suggest.ts";
import { partAt, type Section, sectionAt, type Tree } from "../../yaml/tree.ts";
import { composeRules } from "../compose.ts";
import {
  below,
  inside,
  itemsOf,
  noted,
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
  without,
  wrong,
} from "../rules.ts";
import type { ServiceContext } from "./context.ts";
import { isResourceType, resourceContext, resourceRules } from "./resource.ts";
import { contextOf, implied, leftAtHome, serviceRules } from "./service.ts";

/** What the rules of a whole file need to know. */
export interface FileContext extends Target {
  /** Names of everything its containers may reach. */
  readonly uses: readonly string[];
}

/** What stands at the top of `cnc.yml`. */
export const fileRules: Rules<FileContext> = {
  ...composeRules(fileKeys),
  include: noted("is not followed, by cnc neither; `freehold import` writes a file that may have it"),
  services: turned((written, { uses }, findings) => {
    const services = [...(sectionOf(written, findings)?.entries ?? [])];
    const taken = new Set(services.map(([name]) => name));
    return together(
      services.map(([name, entry]) =>
        service({ key: below(written.key, name), entry }, name, { uses, taken }, findings),
      ),
    );
  }),
  "x-cnc": inside({
    build_settings: inside({
      platform_settings: inside({ machine_type: without("images are built on this machine") }),
    }),
    preview_inactivity_timeout_hours: noted(
      "no environment is a preview yet; a collection's `previews` says when they pause",
    ),
    resources: turned((written, _context, findings) => resources(written, findings)),
  }),
};

/** Names of all that is no container on AWS. */
export function resourceNames(file: Section): readonly string[] {
  const services = [...(sectionAt(file, ["services"])?.entries ?? [])].flatMap(([name, { value }]) =>
    isResourceType(textOf(partAt(value, ["x-cnc", "type"]))) ? [name] : [],
  );
  const listed = partAt(file, ["x-cnc", "resources"]);
  const items = listed?.kind === "list" ? listed.items : [];
  return [...services, ...items.flatMap((item) => textOf(partAt(item, ["name"])) ?? [])];
}

function service(
  written: Written,
  name: string,
  around: Pick<ServiceContext, "uses" | "taken">,
  findings: Findings,
): Turned {
  const tree = sectionOf(written, findings);
  if (tree === undefined) return nothing;
  const context = contextOf(name, tree, around);
  if (!tree.entries.has("x-cnc")) return leftAtHome(written, context);
  const own = walk(tree, serviceRules, written.key, context, findings);
  return { rows: own.rows, parts: [...implied(tree, written.entry.place, context), ...own.parts] };
}

/** A list of things with no container at home, each with a name and a type. */
export function resources(written: Written, findings: Findings): Turned {
  return together(itemsOf(written, findings).map((item) => resource(item, findings)));
}

function resource(written: Written, findings: Findings): Turned {
  const tree = sectionOf(written, findings);
  if (tree === undefined) return nothing;
  const name = textOf(partAt(tree, ["name"]));
  const type = textOf(partAt(tree, ["type"]));
  if (name === undefined) return wrong(written, { message: "has no name" }, findings);
  if (isResourceType(type)) {
    const context = resourceContext(["x-freehold", "resources", name], tree);
    return walk(tree, resourceRules[type] ?? {}, written.key, context, findings);
  }
  const message = type === undefined ? "has no `type`" : `\`${type}\` is not a type`;
  return wrong(written, { message, hint: hintFor(type ?? "", Object.keys(resourceRules)) }, findings);
}

/** Names of the databases among them. */
export function databaseNames(file: Section): readonly string[] {
  const services = [...(sectionAt(file, ["services"])?.entries ?? [])];
  const listed = partAt(file, ["x-cnc", "resources"]);
  const items = listed?.kind === "list" ? listed.items : [];
  const isDatabase = (tree: Tree | undefined) => textOf(partAt(tree, ["type"])) === "database";
  return [
    ...services.flatMap(([name, { value }]) => (isDatabase(partAt(value, ["x-cnc"])) ? [name] : [])),
    ...items.filter(isDatabase).flatMap((item) => textOf(partAt(item, ["name"])) ?? []),
  ];
}
