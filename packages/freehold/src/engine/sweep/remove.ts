import type { UserExitCode } from "../../errors.ts";
import { wayOut } from "../outside-failure.ts";
import type { AwsPort } from "../ports.ts";
import { type Kind, regionOf, type Thing } from "./kind.ts";
import { kinds } from "./kinds.ts";

/** Something that should not be there any more, and that its own service still has. */
export interface Remnant {
  readonly kind: Kind;
  readonly thing: Thing;
  /** The environment it belongs to, where another is swept. */
  readonly environment?: string;
}

export interface Left {
  readonly arn: string;
  /** What it is, and why it is left. */
  readonly message: string;
  readonly wayOut: string;
  /** 75 where the same sweep may find it otherwise later; 1 where nothing is said. */
  readonly exitCode?: UserExitCode;
}

export interface Removal {
  /** `security group arn:…`. */
  readonly removed: readonly string[];
  readonly left: readonly Left[];
}

/** Removes what can be removed; tries again as long as anything goes, for one thing may stand on another. */
export async function removeAll(remnants: readonly Remnant[], aws: AwsPort): Promise<Removal> {
  const order = ({ kind }: Remnant) => kinds.indexOf(kind);
  let waiting = [...remnants].sort((one, other) => order(one) - order(other));
  const removed: string[] = [];
  for (;;) {
    const failed: { readonly remnant: Remnant; readonly left: Left }[] = [];
    for (const remnant of waiting) {
      const left = await removeOne(remnant, aws);
      if (left === undefined) removed.push(`${remnant.kind.noun} ${remnant.thing.arn}`);
      else failed.push({ remnant, left });
    }
    if (failed.length === 0 || failed.length === waiting.length)
      return { removed, left: failed.map(({ left }) => left) };
    waiting = failed.map(({ remnant }) => remnant);
  }
}

async function removeOne(remnant: Remnant, aws: AwsPort): Promise<Left | undefined> {
  const { kind, thing, environment } = remnant;
  const { arn } = thing;
  const { noun } = kind;
  if (environment !== undefined)
    return { arn, message: `${noun} of ${environment}`, wayOut: `Run \`freehold destroy ${environment}\`.` };
  if (kind.remove === undefined)
    return { arn, message: `${noun}, which may hold data`, wayOut: kind.wayOut?.(thing) ?? byHand };
  try {
    await kind.remove(thing, placeOf(arn, aws));
    return undefined;
  } catch (error) {
    return leftBy(error, arn, `${noun}, which cannot be removed`);
  }
}

/** What is left because a call failed. */
export function leftBy(cause: unknown, arn: string, why: string): Left {
  const { hint, exitCode } = wayOut(cause, byHand);
  return { arn, message: `${why}: ${textOf(cause)}`, wayOut: hint, exitCode };
}

export const byHand =
  "Look at it in the console, remove it there if nobody needs it, and run `freehold destroy` again.";

/** Where a thing is asked for; what belongs to no region is asked for anywhere. */
export function placeOf(arn: string, aws: AwsPort): AwsPort {
  const region = regionOf(arn);
  return region === "" ? aws : aws.elsewhere(region);
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
