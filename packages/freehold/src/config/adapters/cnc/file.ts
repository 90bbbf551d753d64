import type { Findings } from "../../findings.ts";
import { partAt } from "../../yaml/tree.ts";
import {
  below,
  inside,
  itemsOf,
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
import { resourceRules } from "./resource.ts";
import { serviceRules } from "./service.ts";

/** What stands at the top of `cnc.yml`. */
export const fileRules: Rules<Target> = {
  services: turned((written, _context, findings) => {
    const services = [...(sectionOf(written, findings)?.entries ?? [])];
    return together(
      services.map(([name, entry]) => service({ key: below(written.key, name), entry }, name, findings)),
    );
  }),
  "x-cnc": inside({
    build_settings: without("images are built on this machine"),
    resources: turned((written, _context, findings) =>
      together(itemsOf(written, findings).map((item) => resource(item, findings))),
    ),
  }),
};

function service(written: Written, name: string, findings: Findings): Turned {
  const tree = sectionOf(written, findings);
  if (tree === undefined) return nothing;
  return walk(tree, serviceRules, written.key, { at: ["services", name] }, findings);
}

function resource(written: Written, findings: Findings): Turned {
  const tree = sectionOf(written, findings);
  const name = textOf(partAt(tree, ["name"]));
  if (tree === undefined) return nothing;
  if (name === undefined) return wrong(written, { message: "has no name" }, findings);
  const context = { at: ["x-freehold", "resources", name] };
  return walk(tree, resourceRules, written.key, context, findings);
}
