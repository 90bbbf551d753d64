/** Things of one kind by their ARN, which holds account, region and name. */
export type Shelf<Thing> = Readonly<Record<string, Thing>>;

/** A state that holds things of a kind under a key. */
export type Holding<Key extends string, Thing> = Readonly<Record<Key, Shelf<Thing>>>;

/** The state with a thing, new or in the place of the one with its ARN. */
export function withThing<
  Key extends string,
  Thing extends { readonly arn: string },
  State extends Holding<Key, Thing>,
>(state: State, key: Key, thing: Thing): State {
  return { ...state, [key]: { ...state[key], [thing.arn]: thing } };
}

export function withoutThing<Key extends string, State extends Holding<Key, unknown>>(
  state: State,
  key: Key,
  arn: string,
): State {
  const { [arn]: _gone, ...rest } = state[key];
  return { ...state, [key]: rest };
}

/** Replaces members of a thing, where it is still there. */
export function withChange<Key extends string, Thing, State extends Holding<Key, Thing>>(
  state: State,
  key: Key,
  arn: string,
  change: Partial<Thing>,
): State {
  const thing = state[key][arn];
  return thing === undefined ? state : { ...state, [key]: { ...state[key], [arn]: { ...thing, ...change } } };
}
