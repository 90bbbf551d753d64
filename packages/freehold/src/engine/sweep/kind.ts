import type { AwsPort } from "../ports.ts";

/** One thing in the account, by the name all of AWS knows it by. */
export interface Thing {
  readonly arn: string;
  /** As its own service asks for it. */
  readonly id: string;
}

/** What its own service says of a thing. What is deleted, or on its way out, is gone. */
export type Presence =
  | { readonly kind: "gone" }
  | { readonly kind: "there" }
  /** Left on purpose. */
  | { readonly kind: "kept"; readonly reason: string };

/** How a kind of thing is looked up by its own service, and how it is removed. */
export interface Kind {
  /** For the reader: `security group`. */
  readonly noun: string;
  /** Matches `<service>:<resource>` of an ARN; its one group is the id. */
  readonly pattern: RegExp;
  look(thing: Thing, aws: AwsPort): Promise<Presence>;
  /** Left out where removing it loses data: that is for a person to do. */
  remove?(thing: Thing, aws: AwsPort): Promise<unknown>;
  /** The command with which a person removes it. */
  wayOut?(thing: Thing): string;
}

export const gone: Presence = { kind: "gone" };
export const there: Presence = { kind: "there" };

/** The presence of what was asked for; a service that does not know it says so by an error. */
export async function presence<Answer>(
  asked: Promise<Answer>,
  isThere: (answer: Answer) => boolean,
): Promise<Presence> {
  try {
    return isThere(await asked) ? there : gone;
  } catch (error) {
    if (isUnknown(error)) return gone;
    throw error;
  }
}

/** Each service spells it in its own way: `NoSuchEntity`, `InvalidGroup.NotFound`, `QueueDoesNotExist` … */
export function isUnknown(error: unknown): boolean {
  return error instanceof Error && /NotFound|NoSuch|DoesNotExist|NonExistent/.test(error.name);
}

/** What a service says in an answer, rather than by refusing. */
export class NotRemoved extends Error {
  override readonly name = "NotRemoved";
}

/** The kind of an ARN and the thing it names; undefined for one that Freehold never makes. */
export function recognise(
  arn: string,
  kinds: readonly Kind[],
): { readonly kind: Kind; readonly thing: Thing } | undefined {
  const [, , service = "", , , ...resource] = arn.split(":");
  const text = `${service}:${resource.join(":")}`;
  for (const kind of kinds) {
    const id = kind.pattern.exec(text)?.[1];
    if (id !== undefined) return { kind, thing: { arn, id } };
  }
  return undefined;
}

/** Region of an ARN; empty for what belongs to no region. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
