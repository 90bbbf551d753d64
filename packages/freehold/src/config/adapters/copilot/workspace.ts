import type { Findings } from "../../findings.ts";
import { partAt, type Section, section, sectionAt } from "../../yaml/tree.ts";
import type { Adapted, Workspace } from "../adapter.ts";
import { addonOutcomes } from "./addons.ts";
import { environment, environmentKeys } from "./environment-keys.ts";
import { type Role, roleOf } from "./layout.ts";
import { assemble } from "./native.ts";
import { sharePaths } from "./paths.ts";
import { pipelineKeys, stagesOf } from "./pipeline-keys.ts";
import { rowsOf } from "./report.ts";
import { mapped, noted, textOf, without, write } from "./treatment.ts";
import { type Outcome, walk } from "./walk.ts";
import { kindOf, type Workload, type WorkloadType, workloadType, workloadTypes } from "./workload.ts";
import { type Surroundings, workloadOutcomes } from "./workload-outcomes.ts";

interface Document {
  readonly role: Role;
  readonly tree: Section;
}

/** The native file for a workspace, and the fate of every key of its files. */
export function translateWorkspace({ files, noticed }: Workspace, findings: Findings): Adapted {
  const documents = files.map(({ name, tree }) => ({ role: roleOf(name), tree }));
  const surroundings = surroundingsOf(documents);
  const outcomes = [
    ...applicationOutcomes(documents, surroundings),
    ...unnamed(documents),
    ...workloadsOf(documents, surroundings, findings).flatMap((one) =>
      workloadOutcomes(one.workload, one.type, surroundings),
    ),
    ...addonsOf(documents),
    ...environmentOutcomes(documents, surroundings),
    ...pipelineOutcomes(documents),
    ...[...files.map(({ name }) => name), ...noticed].flatMap(leftAlone),
  ];
  const writes = outcomes.flatMap(({ becomes }) => (becomes.outcome === "mapped" ? becomes.writes : []));
  const place = files[0]?.tree.place ?? { file: "copilot" };
  return { document: assemble(writes, place), report: outcomes.flatMap(rowsOf) };
}

/** Without its file the application has no name of its own. */
function unnamed(documents: readonly Document[]): readonly Outcome[] {
  if (documents.some(({ role }) => role.kind === "workspace")) return [];
  const message =
    "is missing, and with it the application's name: write it as `name`, and in place of `app` where a value has it";
  return [{ key: "copilot/.workspace", place: { file: "copilot/.workspace" }, becomes: without(message) }];
}

function leftAlone(name: string): readonly Outcome[] {
  const role = roleOf(name);
  if (role.kind !== "left alone") return [];
  return [{ key: name, place: { file: name }, becomes: noted(role.why) }];
}

/** Names that values of manifests may mean. */
function surroundingsOf(documents: readonly Document[]): Surroundings {
  const workspace = documents.find(({ role }) => role.kind === "workspace");
  const named = documents.flatMap(({ role }) => (role.kind === "environment" ? [role.name] : []));
  const staged = documents.flatMap(({ role, tree }) => (role.kind === "pipeline" ? stagesOf(tree) : []));
  const differing = documents.flatMap(({ role, tree }) =>
    role.kind === "workload" ? [...(sectionAt(tree, ["environments"])?.entries.keys() ?? [])] : [],
  );
  return {
    application: textOf(partAt(workspace?.tree, ["application"])) ?? "app",
    environments: [...new Set([...staged, ...named, ...differing])],
    services: documents.flatMap(({ role }) => (role.kind === "workload" ? [role.name] : [])),
  };
}

const counterparts: Readonly<Record<string, string>> = {
  COPILOT_LB_DNS: "is not set: `FREEHOLD_URL` is where the environment answers",
  COPILOT_SERVICE_DISCOVERY_ENDPOINT:
    "is not set: `http://api:8080` reaches the service `api`; a name such as `api.test.shop.local` in a variable was shortened",
};

const ownVariables =
  "Copilot set the variables COPILOT_…: take them out once nothing reads them; `FREEHOLD_APP` and `FREEHOLD_ENVIRONMENT` say the same";

function applicationOutcomes(
  documents: readonly Document[],
  { application, environments }: Surroundings,
): readonly Outcome[] {
  return documents
    .filter(({ role }) => role.kind === "workspace")
    .flatMap(({ tree }) => {
      const entry = tree.entries.get("application");
      const place = entry?.place ?? tree.place;
      const isSet = (name: string, path: readonly string[], value: string, message?: string): Outcome => ({
        key: name,
        place,
        becomes: mapped([write(path, value, place)], message),
      });
      return [
        { key: "application", place, becomes: mapped([write(["name"], application, place)]) },
        isSet(
          "COPILOT_APPLICATION_NAME",
          ["x-freehold", "variables", "COPILOT_APPLICATION_NAME"],
          application,
          ownVariables,
        ),
        ...environments.map((name) =>
          isSet("COPILOT_ENVIRONMENT_NAME", environment(name, "variables", "COPILOT_ENVIRONMENT_NAME"), name),
        ),
        ...Object.entries(counterparts).map(([key, message]) => ({ key, place, becomes: noted(message) })),
      ];
    });
}

interface TypedWorkload {
  readonly workload: Workload;
  readonly type: WorkloadType;
}

function workloadsOf(
  documents: readonly Document[],
  { environments }: Surroundings,
  findings: Findings,
): readonly TypedWorkload[] {
  const typed = documents.flatMap(({ role, tree }) => {
    if (role.kind !== "workload") return [];
    const type = workloadType(tree);
    if (type === undefined) {
      const message = `is no type of a Copilot manifest: ${workloadTypes.join(", ")}`;
      findings.problem({
        code: "value",
        subject: "type",
        message,
        place: tree.entries.get("type")?.place ?? tree.place,
      });
      return [];
    }
    const isInSeveral = environments.length > 1;
    return [{ type, workload: { name: role.name, manifest: tree, isInSeveral, ...kindOf(type, tree) } }];
  });
  const paths = sharePaths(typed.map(({ workload }) => workload));
  return typed.map(({ type, workload }) => {
    const path = paths.get(workload.name);
    return { type, workload: { ...workload, ...(path === undefined ? {} : { path }) } };
  });
}

function addonsOf(documents: readonly Document[]): readonly Outcome[] {
  return documents.flatMap(({ role, tree }) =>
    role.kind === "addon"
      ? addonOutcomes({ template: tree, ...(role.service === undefined ? {} : { service: role.service }) })
      : [],
  );
}

/** Said once: it holds of them all. */
const settledInAws =
  "Copilot keeps accounts and regions of environments in AWS: write `account` and `region` of each collection, and `kind: production` where it is that";

function environmentOutcomes(
  documents: readonly Document[],
  { environments }: Surroundings,
): readonly Outcome[] {
  const manifests = documents.flatMap(({ role, tree }) =>
    role.kind === "environment" ? walk(environmentKeys, tree, "", { name: role.name, manifest: tree }) : [],
  );
  const first = documents[0]?.tree.place ?? { file: "copilot" };
  const rest = environments.map((name, index) => ({
    key: `environments/${name}`,
    place:
      documents.find(({ role }) => role.kind === "environment" && role.name === name)?.tree.place ?? first,
    becomes: mapped(
      [{ path: environment(name), value: section([], first) }],
      index === 0 ? settledInAws : undefined,
    ),
  }));
  return [...rest, ...manifests];
}

function pipelineOutcomes(documents: readonly Document[]): readonly Outcome[] {
  const pipelines = documents.filter(({ role }) => role.kind === "pipeline");
  return pipelines.flatMap(({ tree }, index) =>
    walk(pipelineKeys, tree, "", { manifest: tree, isFirst: index === 0 }),
  );
}
