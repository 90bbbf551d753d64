import type { Findings } from "../../findings.ts";
import { partAt, type Section, sectionAt } from "../../yaml/tree.ts";
import type { Adapted, Adapter, Workspace } from "../adapter.ts";
import { documentOf } from "../document.ts";
import { textOf, together, walk } from "../rules.ts";
import { containersOf } from "./containers.ts";
import { environmentsRules, secretNames } from "./environments.ts";
import { databaseNames, fileRules, resourceNames } from "./file.ts";
import { managedVariables } from "./managed-variables.ts";

/** `cnc.yml` with `environments.yml`, of the cnc framework (https://github.com/coherenceplatform/cnc). */
export const cncAdapter: Adapter = {
  name: "cnc",
  main: "cnc.yml",
  reads: ["cnc.yml", "environments.yml"],
  notices: [],
  adapt,
};

function adapt({ files }: Workspace, findings: Findings): Adapted {
  const [main, ...others] = files;
  if (main === undefined) return { document: documentOf([], { file: cncAdapter.main }), report: [] };
  const own = walk(main.tree, fileRules, "", { at: [], uses: resourceNames(main.tree) }, findings);
  const containers = containersOf(sectionsOf(sectionAt(main.tree, ["services"])));
  const around = others.map(({ tree }) => {
    const provider = textOf(partAt(tree, ["provider"])) ?? "aws";
    const elsewhere = provider === "aws" ? undefined : provider;
    const region = elsewhere === undefined ? textOf(partAt(tree, ["region"])) : undefined;
    const secrets = secretNames(tree);
    const context = { at: [], containers, secrets, region, elsewhere, environments: [] };
    return walk(tree, environmentsRules, "", context, findings);
  });
  const { parts, rows } = together([own, ...around]);
  const managed = managedVariables(databaseNames(main.tree), main.tree.place);
  return { document: documentOf([...managed, ...parts], main.tree.place), report: rows };
}

function sectionsOf(tree: Section | undefined): ReadonlyMap<string, Section> {
  const sections = [...(tree?.entries ?? [])].flatMap(([name, { value }]) =>
    value.kind === "section" ? [[name, value] as const] : [],
  );
  return new Map(sections);
}
