import type { Store } from "../platform.ts";
import type { Call, ServiceError } from "../service.ts";
import {
  type Group,
  type GroupKind,
  groupNamed,
  groupsIn,
  type Place,
  withNewGroup,
  withoutGroup,
} from "./groups.ts";
import { type Holding, withThing } from "./shelf.ts";
import { type Tag, tagRecord } from "./tags.ts";

/** Settings of servers that share an engine and its version; `Value` is what a service keeps of each setting. */
export interface ParameterGroup<Value> extends Group {
  readonly family: string;
  readonly description: string;
  /** Set by the user, by parameter name. */
  readonly values: Readonly<Record<string, Value>>;
}

export interface ParameterGroupKind<State> extends GroupKind<"parameterGroups", State> {
  /** Engines with their versions, e.g. `postgres17`: each has a group `default.<family>`, which is not kept. */
  readonly families: readonly string[];
  readonly unknownFamily: (family: string) => ServiceError;
  /** For a change to a default group. */
  readonly unchangeable: (name: string) => ServiceError;
}

interface Asked {
  readonly name: string;
  readonly family: string;
  readonly description: string;
  readonly tags?: readonly Tag[] | undefined;
}

/** Parameter groups as RDS and ElastiCache have them alike. */
export interface ParameterGroups<Value> {
  create(asked: Asked, call: Call): Promise<ParameterGroup<Value>>;
  /** The one of a name, or all with the default ones. */
  found(name: string | undefined, call: Call): readonly ParameterGroup<Value>[];
  set(name: string, values: ParameterGroup<Value>["values"], call: Call): Promise<ParameterGroup<Value>>;
  /** Takes back what the user set: all of it, or the parameters of these names. */
  reset(name: string, parameters: readonly string[] | "all", call: Call): Promise<ParameterGroup<Value>>;
  remove(name: string, call: Call): Promise<void>;
}

export function createParameterGroups<Value, State extends Holding<"parameterGroups", ParameterGroup<Value>>>(
  store: Store<State>,
  kind: ParameterGroupKind<State>,
): ParameterGroups<Value> {
  const own = (name: string, call: Call): ParameterGroup<Value> => {
    if (name.startsWith("default.")) throw kind.unchangeable(name);
    return groupNamed(store.get(), kind, name, call);
  };
  const keep = async (group: ParameterGroup<Value>): Promise<ParameterGroup<Value>> => {
    await store.update((state) => withThing(state, kind.shelf, group));
    return group;
  };
  return {
    create: async (asked, call) => {
      const group = newGroup<Value, State>(kind, asked, call);
      await store.update((state) => withNewGroup(state, kind, group));
      return group;
    },
    found: (name, call) =>
      name === undefined
        ? [
            ...kind.families.map((family) => defaultGroup(kind, family, call)),
            ...groupsIn<"parameterGroups", ParameterGroup<Value>, State>(store.get(), kind, call),
          ]
        : [parameterGroupNamed<Value, State>(store.get(), kind, name, call)],
    set: async (name, values, call) => {
      const group = own(name, call);
      return keep({ ...group, values: { ...group.values, ...values } });
    },
    reset: async (name, parameters, call) => {
      const group = own(name, call);
      const kept = Object.entries(group.values).filter(([one]) => !isReset(parameters, one));
      return keep({ ...group, values: Object.fromEntries(kept) });
    },
    remove: async (name, call) => {
      const group = own(name, call);
      await store.update((state) => withoutGroup(state, kind, group));
    },
  };
}

/** A group by name, a default one as well. @throws ServiceError as the kind says `missing` */
export function parameterGroupNamed<Value, State extends Holding<"parameterGroups", ParameterGroup<Value>>>(
  state: State,
  kind: ParameterGroupKind<State>,
  name: string,
  place: Place,
): ParameterGroup<Value> {
  const family = kind.families.find((one) => name === `default.${one}`);
  if (family !== undefined) return defaultGroup(kind, family, place);
  return groupNamed(state, kind, name, place);
}

/** A group by its ARN, a default one as well. */
export function parameterGroupOf<Value, State extends Holding<"parameterGroups", ParameterGroup<Value>>>(
  state: State,
  kind: ParameterGroupKind<State>,
  arn: string,
): ParameterGroup<Value> {
  const [region = "", accountId = "", , name = ""] = arn.split(":").slice(3);
  return (
    state.parameterGroups[arn] ?? defaultGroup(kind, name.replace("default.", ""), { region, accountId })
  );
}

function defaultGroup<State>(
  kind: ParameterGroupKind<State>,
  family: string,
  place: Place,
): ParameterGroup<never> {
  const name = `default.${family}`;
  const description = `Default parameter group for ${family}`;
  return { arn: kind.arnOf(place, name), name, family, description, values: {}, tags: {} };
}

/** @throws ServiceError as the kind says `unknownFamily` */
function newGroup<Value, State>(
  kind: ParameterGroupKind<State>,
  { name: asked, family, description, tags }: Asked,
  call: Call,
): ParameterGroup<Value> {
  if (!kind.families.includes(family)) throw kind.unknownFamily(family);
  const name = asked.toLowerCase();
  return { arn: kind.arnOf(call, name), name, family, description, values: {}, tags: tagRecord(tags) };
}

function isReset(parameters: readonly string[] | "all", name: string): boolean {
  return parameters === "all" || parameters.includes(name);
}
