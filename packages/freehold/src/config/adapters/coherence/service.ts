import type { Findings } from "../../findings.ts";
import { hintFor } from "../../suggest.ts";
import { type Entry, partAt, type Section } from "../../yaml/tree.ts";
import { backendRules, backendSystem } from "../cnc/backend.ts";
import type { ServiceContext } from "../cnc/context.ts";
import { assets, frontendRules, frontendSystem } from "../cnc/frontend.ts";
import { commandAt, commandRule, commandText } from "../command.ts";
import { type Part, part, placed } from "../document.ts";
import {
  inside,
  mapped,
  mapping,
  noted,
  nothing,
  noting,
  type Rules,
  sectionOf,
  type Turned,
  textOf,
  together,
  turned,
  type Written,
  walk,
  without,
  wrong,
} from "../rules.ts";
import { type ResourceNames, resourcesOf, usesOf } from "./resources.ts";

/** What the rules of a service of `coherence.yml` need to know. */
export interface CoherenceContext extends ServiceContext {
  readonly names: ResourceNames;
  /** The command that fetches what the build of a site needs. */
  readonly install: string | undefined;
}

const workspace = "it is of Coherence's workspaces";
const inDockerfile = "do it in the Dockerfile";

const common: Rules<CoherenceContext> = {
  repo_path: mapped(["build", "context"]),
  local_packages: noted(workspace),
  dev: noted(workspace),
  test: without("no tests are run; run them before `freehold up`"),
  compile: without(inDockerfile),
  resources: turned((written, { service, names }, findings) =>
    resourcesOf(written, service, names, findings),
  ),
};

const ports: Rules<CoherenceContext> = { port: noted(workspace) };

/** A service with a process of its own. */
export const backend: Rules<CoherenceContext> = {
  ...backendRules,
  ...common,
  index_file_name: noted("a container answers what it likes"),
  install: without(inDockerfile),
  build: without(inDockerfile),
  prod: turned(production),
  migration: commandRule(["x-freehold", "release"], "once per release, before traffic moves"),
  system: inside({
    ...backendSystem,
    cpu: mapped(["deploy", "resources", "limits", "cpus"]),
    memory: mapped(["deploy", "resources", "limits", "memory"]),
    dev: inside(ports),
  }),
};

const noProcess = "static files need no process";

/** Static files. */
export const frontend: Rules<CoherenceContext> = {
  ...frontendRules,
  ...common,
  build_path: turned(assets),
  install: turned((written, { at, hasBuild }, findings) => {
    if (!hasBuild) return noting(written, "without counterpart", "no `build` follows it");
    const isThere = commandText(written.entry.value) !== undefined;
    if (!isThere) return wrong(written, { message: "must be a text or a list of words" }, findings);
    const to = [...at, "x-freehold", "build"];
    return { parts: [], rows: mapping(written, to, written.entry, "first, in the same command").rows };
  }),
  build: turned(siteBuild),
  prod: turned((written, context, findings) =>
    written.entry.value.kind === "section"
      ? walk(written.entry.value, siteProduction, written.key, context, findings)
      : noting(written, "noted", noProcess),
  ),
  system: inside({
    ...frontendSystem,
    cpu: noted(noProcess),
    memory: noted(noProcess),
    dev: inside(ports),
  }),
};

const siteProduction: Rules<CoherenceContext> = {
  dockerfile: mapped(["build", "dockerfile"]),
  command: noted(noProcess),
};

const productionRules: Rules<CoherenceContext> = {
  dockerfile: mapped(["build", "dockerfile"]),
  command: commandRule(["command"]),
};

/** A command, or a section with one and the Dockerfile. */
function production(written: Written, context: CoherenceContext, findings: Findings): Turned {
  const { value } = written.entry;
  return value.kind === "section"
    ? walk(value, productionRules, written.key, context, findings)
    : commandAt(written, [...context.at, "command"], findings);
}

/** Both commands run on this machine, one after the other. */
function siteBuild(written: Written, { at, folder, install }: CoherenceContext, findings: Findings): Turned {
  const build = commandText(written.entry.value);
  if (build === undefined) return wrong(written, { message: "must be a text or a list of words" }, findings);
  const { place } = written.entry;
  const command = install === undefined ? build : `${install} && ${build}`;
  const message = `runs on this machine, in \`${folder}\`, not in a container`;
  const turned = mapping(written, [...at, "x-freehold", "build"], placed(command, place), message);
  return {
    ...turned,
    parts: [...turned.parts, part([...at, "x-freehold", "folder"], placed(folder, place))],
  };
}

const types: Readonly<Record<string, Rules<CoherenceContext>>> = { backend, frontend };

/** A service of `coherence.yml`: a name at the top of the file. */
export function serviceOf(
  name: string,
  entry: Entry,
  around: Pick<CoherenceContext, "names" | "taken">,
  findings: Findings,
): Turned {
  const written = { key: name, entry };
  const tree = sectionOf(written, findings);
  if (tree === undefined) return nothing;
  const type = textOf(partAt(tree, ["type"]));
  const rules = type !== undefined && Object.hasOwn(types, type) ? types[type] : undefined;
  if (rules === undefined) {
    const message = type === undefined ? "has no `type`" : `\`${type}\` is not a type of service`;
    return wrong(written, { message, hint: hintFor(type ?? "", Object.keys(types)) }, findings);
  }
  const context = contextOf(name, tree, around);
  const own = walk(tree, rules, name, context, findings);
  return together([{ rows: [], parts: implied(type ?? "", entry, context) }, own]);
}

function contextOf(
  service: string,
  tree: Section,
  around: Pick<CoherenceContext, "names" | "taken">,
): CoherenceContext {
  const folder = textOf(partAt(tree, ["repo_path"])) ?? ".";
  const dockerfile = textOf(partAt(tree, ["prod", "dockerfile"]));
  const limits = {
    cpus: textOf(partAt(tree, ["system", "cpu"])),
    memory: textOf(partAt(tree, ["system", "memory"])),
  };
  const deploy = Object.values(limits).some((limit) => limit !== undefined)
    ? [["deploy", placed({ resources: { limits } }, tree.place)] as const]
    : [];
  return {
    ...around,
    at: ["services", service],
    service,
    shared: new Map([["build", placed({ context: folder, dockerfile }, tree.place)], ...deploy]),
    uses: usesOf(service, tree, around.names),
    folder,
    isInternal: textOf(partAt(tree, ["internal"])) === "true",
    hasBuild: tree.entries.has("build"),
    replicas: 1,
    install: commandText(partAt(tree, ["install"])),
  };
}

/** What is true of a service although no key says so: Coherence tells it its port, 8080. */
function implied(type: string, { place }: Entry, { at, folder, uses }: CoherenceContext): readonly Part[] {
  const build = part([...at, "build"], placed({ context: folder }, place));
  const settings =
    type === "frontend" ? { mode: "spa" } : { port: 8080, uses: uses.length > 0 ? uses : undefined };
  return [build, part([...at, "x-freehold"], placed(settings, place))];
}
