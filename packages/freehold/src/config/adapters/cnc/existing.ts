import type { Findings } from "../../findings.ts";
import { partAt } from "../../yaml/tree.ts";
import {
  below,
  mapped,
  mapping,
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
} from "../rules.ts";

const ownNetwork = "name the subnets there are; Freehold makes none in a network that is not its own";

/** The network there is. */
const vpcRules: Rules<Target> = {
  instance_name: mapped(["network", "existing", "vpc"]),
  public_subnet_ids: mapped(["network", "existing", "public_subnets"]),
  private_subnet_ids: mapped(["network", "existing", "private_subnets"]),
  public_subnet_cidrs: without(ownNetwork),
  private_subnet_cidrs: without(ownNetwork),
};

/** A database or another thing there is. */
const resourceRules: Rules<Target & { readonly name: string; readonly isCluster: boolean }> = {
  instance_name: turned((written, { at, name, isCluster }) =>
    mapping(written, [...at, "existing", name, isCluster ? "cluster" : "instance"]),
  ),
  secret_id: turned((written, { at, name }) => mapping(written, [...at, "existing", name, "secret"])),
  cluster_mode: noted("`cluster` or `instance` says so"),
  manage_databases: without("databases and roles are made where they are missing"),
  username: without("each service has a role of its own"),
  db_name: without("the variables' URLs name the database"),
};

/**
 * `existing_resources`, of a collection or an environment: by name, where `vpc` is the network.
 *
 * @param at of the section whose `network` it is.
 * @param environments of those whose databases they are.
 */
export function existingOf(
  written: Written,
  at: readonly string[],
  environments: readonly (readonly string[])[],
  findings: Findings,
): Turned {
  const entries = [...(sectionOf(written, findings)?.entries ?? [])];
  return together(
    entries.map(([name, entry]) => {
      const one = { key: below(written.key, name), entry };
      const tree = sectionOf(one, findings);
      if (tree === undefined) return nothing;
      if (name === "vpc") return walk(tree, vpcRules, one.key, { at }, findings);
      const isCluster = textOf(partAt(tree, ["cluster_mode"])) === "true";
      const all = environments.map((environment) =>
        walk(tree, resourceRules, one.key, { at: environment, name, isCluster }, findings),
      );
      return { parts: all.flatMap(({ parts }) => parts), rows: all[0]?.rows ?? [] };
    }),
  );
}
