import type { UserError } from "../../errors.ts";
import { atMost } from "../at-most.ts";
import { tellOwn } from "../outside-failure.ts";
import type { AwsPort, Ports } from "../ports.ts";
import { findByExactName } from "./by-exact-name.ts";
import { findByName } from "./by-name.ts";
import { type Finding, findByTag } from "./by-tag.ts";
import { type Presence, recognise } from "./kind.ts";
import { kinds } from "./kinds.ts";
import type { Owner } from "./owner.ts";
import {
  byHand,
  type Left,
  leftBy,
  placeOf,
  type Remnant,
  type Removal,
  removeAll,
  textOf,
} from "./remove.ts";

/** What a sweep found, and what became of it. */
export interface Swept extends Removal {
  readonly kept: readonly Kept[];
}

/** Something that stays on purpose, and why: what it costs, or how it goes. */
export interface Kept {
  readonly subject: string;
  readonly reason: string;
}

/** A finding, and what its own service says of it. */
interface Confirmed extends Remnant {
  readonly presence: Presence;
}

/**
 * Looks for all that is left of an environment or a collection: by tag where things bear tags, by name where they do not. Each
 * finding is looked up at its own service first, for listings lag behind; what is there and loses no data is removed, the rest
 * is told. Touches nothing that bears other tags or names. Can be run again.
 *
 * @throws UserError `not-verified` when the account cannot be searched.
 */
export async function sweep(owner: Owner, ports: Ports): Promise<Swept> {
  const { aws } = ports;
  const looked = await atMost(8, await search(owner, aws), (finding) => confirm(finding, owner, aws));
  const confirmed = looked.flatMap((one) => ("presence" in one ? [one] : []));
  const unclear = looked.flatMap((one) => ("wayOut" in one ? [one] : []));
  const { removed, left } = await removeAll(
    confirmed.filter(({ presence }) => presence.kind === "there"),
    aws,
  );
  const kept = confirmed.flatMap(({ kind, thing, presence }) =>
    presence.kind === "kept" ? [{ subject: `${kind.noun} ${thing.id}`, reason: presence.reason }] : [],
  );
  return { kept, removed, left: [...unclear, ...left] };
}

/** Every finding once, in the order of ARNs. */
async function search(owner: Owner, aws: AwsPort): Promise<readonly Finding[]> {
  const found = await Promise.all([
    findByTag(owner, aws),
    findByName(owner, aws),
    findByExactName(owner, aws),
  ]).catch((cause: unknown) => {
    throw notVerified(owner, cause);
  });
  const byArn = new Map(found.flat().map((one) => [one.arn, one]));
  return [...byArn.values()].sort((one, other) => (one.arn < other.arn ? -1 : 1));
}

function notVerified(owner: Owner, cause: unknown): UserError {
  const message = `Whether anything is left of it cannot be seen: ${textOf(cause)}`;
  const hint =
    "Let these credentials list what there is (tag:GetResources, iam:ListRoles and their like), then run `freehold destroy` again.";
  const subject = owner.environment ?? owner.collection;
  return tellOwn({ code: "not-verified", subject, message, hint }, cause);
}

async function confirm(finding: Finding, owner: Owner, aws: AwsPort): Promise<Confirmed | Left> {
  const { arn, id, tags } = finding;
  const found = recognise(arn, kinds);
  if (found === undefined)
    return { arn, message: "bears our tags, and is of a kind that Freehold does not make", wayOut: byHand };
  const { kind } = found;
  const thing = id === undefined ? found.thing : { arn, id };
  const environment = owner.environment === undefined ? tags.get("Environment") : undefined;
  try {
    const presence = await kind.look(thing, placeOf(arn, aws));
    return { kind, thing, presence, ...(environment === undefined ? {} : { environment }) };
  } catch (error) {
    return leftBy(error, arn, `${kind.noun}, which cannot be looked up`);
  }
}
