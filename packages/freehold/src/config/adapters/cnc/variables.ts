import type { Findings } from "../../findings.ts";
import { type Entry, partAt, type Section } from "../../yaml/tree.ts";
import { item, type Part, part, placed } from "../document.ts";
import {
  mapping,
  nothing,
  noting,
  type Rules,
  type Target,
  type Turned,
  textOf,
  turned,
  type Written,
  walk,
  wrong,
} from "../rules.ts";
import type { Containers } from "./containers.ts";

/** Where the variables of an environment go. */
export interface VariableContext extends Target {
  readonly containers: Containers;
  /** Names that are secrets of every service somewhere. */
  readonly secrets: ReadonlySet<string>;
  /** The variable as written. */
  readonly tree: Section;
  readonly name: string;
}

const rules: Rules<VariableContext> = {
  name: turned((written, context) => naming(written, context, "")),
  service: turned((written, context) => naming(written, context, "and to its workers and scheduled tasks")),
  value: turned(plain),
  alias: turned((written, context) => {
    const { place, value } = written.entry;
    return variable(written, placed({ alias: textOf(value) }, place), context);
  }),
  secret_id: turned(secret),
  output_name: turned((written) =>
    noting(written, "without counterpart", "it names an output of cnc's own Terraform; write the value"),
  ),
};

/** One of `environment_variables`. */
export function variableOf(
  written: Written,
  tree: Section,
  context: Omit<VariableContext, "tree" | "name">,
  findings: Findings,
): Turned {
  const name = textOf(partAt(tree, ["name"]));
  if (name === undefined) return wrong(written, { message: "has no name" }, findings);
  const kinds = ["value", "secret_id", "output_name", "alias"];
  if (kinds.some((kind) => tree.entries.has(kind)))
    return walk(tree, rules, written.key, { ...context, tree, name }, findings);
  const message = "says no value";
  const hint = "write `value`, `secret_id`, `output_name` or `alias`";
  wrong(written, { message, hint }, findings);
  return nothing;
}

function naming(written: Written, { at, name, tree }: VariableContext, message: string): Turned {
  const service = textOf(partAt(tree, ["service"]));
  const to =
    service === undefined ? [...at, "variables", name] : [...at, "services", service, "variables", name];
  return { parts: [], rows: mapping(written, to, written.entry, message).rows };
}

function plain(written: Written, context: VariableContext): Turned {
  const isScoped = context.tree.entries.has("service");
  if (isScoped || !context.secrets.has(context.name)) return variable(written, written.entry, context);
  const message =
    "it is a secret in another environment, so it is one in all: `freehold secrets set` sets it";
  return noting(written, "without counterpart", message);
}

function variable(written: Written, value: Entry, context: VariableContext): Turned {
  const { at, name, containers, tree } = context;
  const own = (one: string): Part => part([...at, "services", one, "variables", name], value);
  const service = textOf(partAt(tree, ["service"]));
  if (service !== undefined) {
    const { rows } = mapping(written, own(service).path, value);
    return { rows, parts: containers.of(service).map(own) };
  }
  return mapping(written, [...at, "variables", name], value);
}

/** Its value stays out of every file, here as there. */
function secret(written: Written, { name, containers, tree }: VariableContext): Turned {
  const service = textOf(partAt(tree, ["service"]));
  const paths =
    service === undefined
      ? [["x-freehold", "secrets"]]
      : containers.of(service).map((one) => ["services", one, "x-freehold", "secrets"]);
  const id = textOf(written.entry.value) ?? "";
  const message = `set it with \`freehold secrets set ${name}\`, to what \`${id}\` holds`;
  const parts = paths.map((path) => item(path, placed(name, written.entry.place)));
  return { parts, rows: mapping(written, paths[0] ?? [], written.entry, message).rows };
}
