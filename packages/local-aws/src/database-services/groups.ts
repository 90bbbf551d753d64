import type { Call, ServiceError } from "../service.ts";
import { type Holding, type Shelf, withoutThing, withThing } from "./shelf.ts";
import type { Tags } from "./tags.ts";

export type Place = Pick<Call, "accountId" | "region">;

/** What a subnet group and a parameter group are alike in; names have no case and are kept in lower case. */
export interface Group {
  readonly arn: string;
  readonly name: string;
  readonly tags: Tags;
}

/** How a service keeps and spells one kind of its groups. */
export interface GroupKind<Key extends string, State> {
  /** The part of the state that holds them. */
  readonly shelf: Key;
  readonly arnOf: (place: Place, name: string) => string;
  readonly missing: (name: string) => ServiceError;
  readonly taken: (name: string) => ServiceError;
  readonly inUse: (name: string) => ServiceError;
  readonly isUsed: (state: State, arn: string) => boolean;
}

/** @throws ServiceError as the kind says `missing` */
export function groupNamed<Key extends string, One extends Group, State extends Holding<Key, One>>(
  state: State,
  kind: GroupKind<Key, State>,
  name: string,
  place: Place,
): One {
  const shelf: Shelf<One> = state[kind.shelf];
  const group = shelf[kind.arnOf(place, name.toLowerCase())];
  if (group === undefined) throw kind.missing(name);
  return group;
}

/** All groups of an account in a region. */
export function groupsIn<Key extends string, One extends Group, State extends Holding<Key, One>>(
  state: State,
  kind: GroupKind<Key, State>,
  place: Place,
): readonly One[] {
  const prefix = kind.arnOf(place, "");
  return Object.values<One>(state[kind.shelf]).filter(({ arn }) => arn.startsWith(prefix));
}

/** @throws ServiceError as the kind says `taken` */
export function withNewGroup<Key extends string, One extends Group, State extends Holding<Key, One>>(
  state: State,
  kind: GroupKind<Key, State>,
  group: One,
): State {
  if (state[kind.shelf][group.arn] !== undefined) throw kind.taken(group.name);
  return withThing(state, kind.shelf, group);
}

/** @throws ServiceError as the kind says `inUse` */
export function withoutGroup<Key extends string, State extends Holding<Key, Group>>(
  state: State,
  kind: GroupKind<Key, State>,
  { arn, name }: Group,
): State {
  if (kind.isUsed(state, arn)) throw kind.inUse(name);
  return withoutThing(state, kind.shelf, arn);
}
