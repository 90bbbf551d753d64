import { UserError } from "../../../errors.ts";
import { address, type Block } from "../../../terraform/block.ts";
import { isErrorNamed } from "../../error-name.ts";
import type { Ports } from "../../ports.ts";

export type Tags = Readonly<Record<string, string>>;

/** A thing that the stack would make, and that may exist already. */
export interface Sought {
  readonly block: Block;
  /** Those that say whose a thing is. */
  readonly tags: Tags;
  /** The id in AWS of what an argument names; undefined when that does not exist either. */
  readonly idOf: (argument: string) => Promise<string | undefined>;
}

/** A thing that exists. */
export interface Existing {
  /** What `import` asks for. */
  readonly id: string;
  /** Left out for kinds that bear none: those are ours by a name that nobody else gives, or by what they are part of. */
  readonly tags?: Tags;
  /** AWS's word for a state in which it can neither be used nor changed yet: `creating`. */
  readonly pending?: string;
  /** It waits for its deletion, and can be restored. */
  readonly isDeleted?: true;
  /** Of a security group: the id of the rule with which AWS lets a new one call everywhere, and which Terraform removes next. */
  readonly openRule?: string;
}

/** Looks for a thing by its name, its tags or what it is part of. Changes nothing. */
export type Find = (sought: Sought, ports: Ports) => Promise<Existing | undefined>;

/** An argument that is written out, as names are. */
export function textOf({ block }: Sought, argument: string): string | undefined {
  const value = block.args[argument];
  return typeof value === "string" ? value : undefined;
}

/** The answer, or undefined where AWS refuses with one of these names because the thing is not there. */
export async function unlessAbsent<T>(
  answer: Promise<T>,
  ...names: readonly string[]
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isErrorNamed(error, ...names)) return undefined;
    throw error;
  }
}

/**
 * The only one of those found.
 *
 * @throws UserError `found-twice` when several bear the same name and tags, and it cannot be known which one is meant.
 */
export function theOnly(found: readonly Existing[], { block }: Sought): Existing | undefined {
  if (found.length <= 1) return found[0];
  throw new UserError({
    code: "found-twice",
    subject: address(block),
    message: `Several exist under our name and tags: ${found.map((one) => one.id).join(", ")}.`,
    hint: "Look which one is in use, remove the others, and run this again.",
  });
}

/** Tags in the form of most services. */
export function tagsOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
