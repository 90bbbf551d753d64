import type { Findings } from "../../findings.ts";
import type { Adapted, Adapter, Workspace } from "../adapter.ts";
import { documentOf } from "../document.ts";
import { together, walk } from "../rules.ts";
import { fileRules } from "./file.ts";

/** `cnc.yml` with `environments.yml`, of the cnc framework (https://github.com/coherenceplatform/cnc). */
export const cncAdapter: Adapter = {
  name: "cnc",
  main: "cnc.yml",
  reads: ["cnc.yml", "environments.yml"],
  notices: [],
  adapt,
};

function adapt({ files }: Workspace, findings: Findings): Adapted {
  const all = files.map(({ tree }) => walk(tree, fileRules, "", { at: [] }, findings));
  const { parts, rows } = together(all);
  const place = files[0]?.tree.place ?? { file: cncAdapter.main };
  return { document: documentOf(parts, place), report: rows };
}
