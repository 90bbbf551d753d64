import { address, type Block } from "../../../terraform/block.ts";
import { kindOf, type Value } from "../../../terraform/expression.ts";
import type { Stack } from "../../../terraform/stack.ts";
import { atMost } from "../../at-most.ts";
import type { Ports } from "../../ports.ts";
import { finderOf } from "./kinds.ts";
import type { Existing, Sought, Tags } from "./sought.ts";

export interface Search {
  readonly stack: Stack;
  /** Ids in AWS of what the state knows, by address. */
  readonly ids: Readonly<Record<string, string>>;
  /** Those to look for. */
  readonly blocks: readonly Block[];
}

export interface Finding {
  readonly block: Block;
  readonly existing: Existing;
  /** It bears our tags, or is of a kind that bears none. */
  readonly isOurs: boolean;
}

/** Looks for things that the stack would make; what they stand on is looked for first. */
export async function findExisting(search: Search, ports: Ports): Promise<readonly Finding[]> {
  const tags = identifying(search.stack.provider.tags);
  const blocks = new Map(search.blocks.map((block) => [address(block), block]));
  const findings = new Map<string, Promise<Finding | undefined>>();
  const find = (at: string): Promise<Finding | undefined> => {
    const begun = findings.get(at) ?? look(at);
    findings.set(at, begun);
    return begun;
  };
  const look = async (at: string): Promise<Finding | undefined> => {
    const block = blocks.get(at);
    const finder = block && finderOf(block.type);
    if (block === undefined || finder === undefined) return undefined;
    const sought: Sought = { block, tags, idOf: (argument) => idOf(block.args[argument]) };
    const existing = await finder(sought, ports);
    return (
      existing && { block, existing, isOurs: existing.tags === undefined || isSame(existing.tags, tags) }
    );
  };
  const idOf = async (value: Value | undefined): Promise<string | undefined> => {
    const named = addressIn(value);
    if (named === undefined) return typeof value === "string" ? value : undefined;
    const finding = search.ids[named] === undefined ? await find(named) : undefined;
    return search.ids[named] ?? (finding?.isOurs === true ? finding.existing.id : undefined);
  };
  const all = await atMost(8, [...blocks.keys()], find);
  return all.filter((one) => one !== undefined);
}

/** The tags that say whose a thing is; the user's own may change. */
function identifying(tags: Stack["provider"]["tags"]): Tags {
  return Object.fromEntries(
    identifyingKeys.flatMap((key) => (tags[key] === undefined ? [] : [[key, tags[key]]])),
  );
}

const identifyingKeys = ["Application", "Collection", "Environment", "ManagedBy"];

/** What is of an environment is not of its collection, nor the other way about. */
function isSame(found: Tags, wanted: Tags): boolean {
  return identifyingKeys.every((key) => found[key] === wanted[key]);
}

/** `aws_vpc.main` of a reference to a resource's attribute. */
function addressIn(value: Value | undefined): string | undefined {
  if (typeof value !== "object" || value === null || !(kindOf in value) || value[kindOf] !== "ref")
    return undefined;
  const [type, name] = value.path;
  return `${type}.${name}`;
}
