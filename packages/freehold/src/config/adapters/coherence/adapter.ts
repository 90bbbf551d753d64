import type { Findings } from "../../findings.ts";
import type { Adapted, Adapter, Workspace } from "../adapter.ts";
import { documentOf } from "../document.ts";
import { inside, noted, type Rules, type Target, together, walk, without } from "../rules.ts";
import { resourceNames } from "./resources.ts";
import { serviceOf } from "./service.ts";

/** `coherence.yml` of the Coherence platform (https://docs.withcoherence.com), before its files were cnc's. */
export const coherenceAdapter: Adapter = {
  name: "coherence",
  main: "coherence.yml",
  reads: ["coherence.yml"],
  notices: [],
  adapt,
};

/** Keys at the top that are no services. */
export const fileRules: Rules<Target> = {
  build_settings: inside({
    platform_settings: inside({ machine_type: without("images are built on this machine") }),
  }),
  preview_inactivity_timeout_hours: noted(
    "no environment is a preview yet; a collection's `previews` says when they pause",
  ),
};

function adapt({ files }: Workspace, findings: Findings): Adapted {
  const tree = files[0]?.tree;
  if (tree === undefined) return { document: documentOf([], { file: coherenceAdapter.main }), report: [] };
  const own = [...tree.entries].filter(([key]) => Object.hasOwn(fileRules, key));
  const services = [...tree.entries].filter(([key]) => !Object.hasOwn(fileRules, key));
  const around = { names: resourceNames(tree), taken: new Set(services.map(([name]) => name)) };
  const { parts, rows } = together([
    ...services.map(([name, entry]) => serviceOf(name, entry, around, findings)),
    walk({ ...tree, entries: new Map(own) }, fileRules, "", { at: [] }, findings),
  ]);
  return { document: documentOf(parts, tree.place), report: rows };
}
