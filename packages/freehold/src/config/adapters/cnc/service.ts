import type { Findings } from "../../findings.ts";
import { hintFor } from "../../suggest.ts";
import { type Entry, partAt, type Section, type Tree } from "../../yaml/tree.ts";
import { commandRule } from "../command.ts";
import { composeServiceRules } from "../compose.ts";
import { type Part, part, placed } from "../document.ts";
import {
  mapped,
  noted,
  nothing,
  noting,
  type Rules,
  sectionOf,
  type Turned,
  textOf,
  turned,
  type Written,
  walk,
  wrong,
} from "../rules.ts";
import { backendRules } from "./backend.ts";
import type { ServiceContext } from "./context.ts";
import { frontendRules } from "./frontend.ts";
import { isResourceType, resourceContext, resourceRules } from "./resource.ts";

const notFollowed =
  "is not followed, by cnc neither; write the file out with `freehold import` and add it there";

/** What a worker or a scheduled task has of its service. */
const shared = ["build", "image", "environment", "env_file", "deploy", "platform"];

/** What the rules of a service of `cnc.yml` need to know of it. */
export function contextOf(
  service: string,
  tree: Section,
  around: Pick<ServiceContext, "uses" | "taken">,
): ServiceContext {
  const settings = partAt(tree, ["x-cnc"]);
  const build = partAt(tree, ["build"]);
  return {
    ...around,
    at: ["services", service],
    service,
    shared: new Map([...tree.entries].filter(([key]) => shared.includes(key))),
    folder: contextFolder(build) ?? ".",
    isInternal: textOf(partAt(settings, ["internal"])) === "true",
    hasBuild: partAt(settings, ["build"]) !== undefined,
    replicas: Number(textOf(partAt(tree, ["deploy", "replicas"])) ?? 1),
  };
}

function contextFolder(build: Tree | undefined): string | undefined {
  const folder = textOf(build) ?? textOf(partAt(build, ["context"]));
  return folder === "" ? undefined : folder;
}

/** A service of `cnc.yml`: Compose's keys, and `x-cnc`. */
export const serviceRules: Rules<ServiceContext> = {
  ...composeServiceRules,
  command: commandRule(["command"]),
  environment: mapped(["environment"], "cnc keeps it at home; here it goes to AWS as well"),
  extends: noted(notFollowed),
  "x-cnc": turned(settingsOf),
  "x-coherence": noted("is of Coherence's own platform"),
};

/** By `x-cnc.type`. */
const settingRules: Readonly<Record<string, Rules<ServiceContext>>> = {
  backend: backendRules,
  frontend: frontendRules,
};

const types = [...Object.keys(settingRules), ...Object.keys(resourceRules)];

function settingsOf(written: Written, context: ServiceContext, findings: Findings): Turned {
  const tree = sectionOf(written, findings);
  if (tree === undefined) return nothing;
  const type = textOf(partAt(tree, ["type"]));
  if (isResourceType(type)) {
    const around = resourceContext([...context.at, "x-freehold"], tree);
    return walk(tree, resourceRules[type] ?? {}, written.key, around, findings);
  }
  const rules = type !== undefined && Object.hasOwn(settingRules, type) ? settingRules[type] : undefined;
  return rules === undefined
    ? unknownType(written, tree, type, findings)
    : walk(tree, rules, written.key, context, findings);
}

function unknownType(written: Written, tree: Section, type: string | undefined, findings: Findings): Turned {
  const entry = tree.entries.get("type");
  const at = entry === undefined ? written : { key: `${written.key}.type`, entry };
  if (type === "serverless") {
    const message = "`serverless` is a Lambda function, and nothing here makes one";
    return wrong(at, { message, hint: "make it a `backend`, with a container that answers HTTP" }, findings);
  }
  const message = type === undefined ? "has no `type`" : `\`${type}\` is not a type`;
  return wrong(at, { message, hint: hintFor(type ?? "", types) }, findings);
}

/** What is true of a service although no key says so. */
export function implied(tree: Section, place: Entry["place"], context: ServiceContext): readonly Part[] {
  const type = textOf(partAt(tree, ["x-cnc", "type"]));
  const at = (...path: readonly string[]) => [...context.at, ...path];
  const build = partAt(tree, ["build"]);
  const folder =
    tree.entries.has("image") || contextFolder(build) !== undefined
      ? []
      : [part(at("build"), placed(build?.kind === "section" ? { context: "." } : ".", place))];
  if (type === "frontend") return [...folder, part(at("x-freehold", "mode"), placed("spa", place))];
  if (type !== "backend") return [];
  const uses = context.uses.length > 0 ? [part(at("x-freehold", "uses"), placed(context.uses, place))] : [];
  const hasPorts = tree.entries.has("ports");
  const port = hasPorts ? [] : [part(at("x-freehold", "port"), placed(8080, place))];
  return [...folder, ...port, ...uses];
}

/** A service without `x-cnc` stays at home. */
export function leftAtHome(written: Written, { at }: ServiceContext): Turned {
  const { place, value } = written.entry;
  const said = noting(written, "noted", "has no `x-cnc`, so it stays at home");
  return {
    rows: said.rows,
    parts: [part(at, { place, value }), part([...at, "x-freehold", "type"], placed("ignore", place))],
  };
}
