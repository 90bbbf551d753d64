import type { CacheParameterGroup, ParameterNameValue, Tag } from "@aws-sdk/client-elasticache";
import { alreadyExists, invalidValue, notFound } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import type { Store } from "../platform.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { families } from "./engine.ts";
import { arnOf } from "./names.ts";
import { describeParameters, requireParameter } from "./parameters.ts";
import type { CacheState, ParameterGroup } from "./state.ts";

type Named = { readonly CacheParameterGroupName: string };
type Changes = Named & {
  readonly ParameterNameValues?: readonly ParameterNameValue[];
  readonly ResetAllParameters?: boolean;
};

export interface ParameterGroupPorts {
  readonly store: Store<CacheState>;
  /** Has the replication groups that use a parameter group take its values up. */
  readonly apply: (groupArn: string) => void;
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html */
export function parameterGroupOperations(ports: ParameterGroupPorts): Readonly<Record<string, Operation>> {
  const { store } = ports;
  const set = async (group: ParameterGroup, values: ParameterGroup["values"]) => {
    await store.update((state) => withGroup(state, { ...group, values }));
    ports.apply(group.arn);
    return { CacheParameterGroupName: group.name };
  };
  return {
    CreateCacheParameterGroup: async (input: CreateInput, call) => {
      const group = newGroup(input, call);
      if (store.get().parameterGroups[group.arn] !== undefined) {
        throw alreadyExists("CacheParameterGroupAlreadyExists", "Cache parameter group", group.name);
      }
      await store.update((state) => withGroup(state, group));
      return { CacheParameterGroup: describe(group) };
    },
    DescribeCacheParameterGroups: async (input: Partial<Named>, call) => ({
      CacheParameterGroups: found(store.get(), input.CacheParameterGroupName, call).map(describe),
    }),
    ModifyCacheParameterGroup: async (input: Changes, call) => {
      const group = own(store.get(), input.CacheParameterGroupName, call);
      return set(group, { ...group.values, ...valuesOf(input.ParameterNameValues ?? []) });
    },
    ResetCacheParameterGroup: async (input: Changes, call) => {
      const group = own(store.get(), input.CacheParameterGroupName, call);
      const reset = new Set(input.ParameterNameValues?.map((one) => one.ParameterName));
      const kept = Object.entries(group.values).filter(
        ([name]) => !input.ResetAllParameters && !reset.has(name),
      );
      return set(group, Object.fromEntries(kept));
    },
    DescribeCacheParameters: async (input: Named & { readonly Source?: string }, call) => ({
      Parameters: describeParameters(
        groupNamed(store.get(), input.CacheParameterGroupName, call),
        input.Source,
      ),
    }),
    DeleteCacheParameterGroup: async (input: Named, call) => {
      const group = own(store.get(), input.CacheParameterGroupName, call);
      await store.update((state) => without(state, group));
      return {};
    },
  };
}

interface CreateInput extends Named {
  readonly CacheParameterGroupFamily: string;
  readonly Description: string;
  readonly Tags?: readonly Tag[];
}

/** A group by ARN; those named `default.…` are always there. */
export function groupOf(state: CacheState, arn: string): ParameterGroup {
  const [region = "", accountId = "", , name = ""] = arn.split(":").slice(3);
  return state.parameterGroups[arn] ?? defaultGroup(name.replace("default.", ""), { region, accountId });
}

/** @throws ServiceError CacheParameterGroupNotFound */
export function groupNamed(
  state: CacheState,
  name: string,
  call: Pick<Call, "accountId" | "region">,
): ParameterGroup {
  const arn = arnOf(call, "parametergroup", name);
  const isDefault = families.some((family) => name === `default.${family}`);
  if (isDefault || state.parameterGroups[arn] !== undefined) return groupOf(state, arn);
  throw notFound("CacheParameterGroupNotFound", "CacheParameterGroup", name);
}

function defaultGroup(family: string, place: Pick<Call, "accountId" | "region">): ParameterGroup {
  const name = `default.${family}`;
  const description = `Default parameter group for ${family}`;
  return { arn: arnOf(place, "parametergroup", name), name, family, description, values: {}, tags: {} };
}

function found(state: CacheState, name: string | undefined, call: Call): readonly ParameterGroup[] {
  if (name !== undefined) return [groupNamed(state, name, call)];
  const prefix = arnOf(call, "parametergroup", "");
  const own = Object.values(state.parameterGroups).filter((group) => group.arn.startsWith(prefix));
  return [...families.map((family) => defaultGroup(family, call)), ...own];
}

function newGroup(input: CreateInput, call: Call): ParameterGroup {
  if (!families.includes(input.CacheParameterGroupFamily)) {
    throw invalidValue(
      `CacheParameterGroupFamily ${input.CacheParameterGroupFamily} is not a valid parameter group family.`,
    );
  }
  const name = input.CacheParameterGroupName.toLowerCase();
  return {
    arn: arnOf(call, "parametergroup", name),
    name,
    family: input.CacheParameterGroupFamily,
    description: input.Description,
    values: {},
    tags: tagRecord(input.Tags),
  };
}

/** A group that may be changed: the default ones may not. */
function own(state: CacheState, name: string, call: Call): ParameterGroup {
  if (!name.startsWith("default.")) return groupNamed(state, name, call);
  throw new ServiceError(
    "InvalidCacheParameterGroupState",
    `Parameter group ${name} is a default parameter group and cannot be changed`,
  );
}

function valuesOf(parameters: readonly ParameterNameValue[]): Readonly<Record<string, string>> {
  const entries = parameters.map(({ ParameterName = "", ParameterValue = "" }) => {
    requireParameter(ParameterName);
    return [ParameterName, ParameterValue] as const;
  });
  return Object.fromEntries(entries);
}

function withGroup(state: CacheState, group: ParameterGroup): CacheState {
  return { ...state, parameterGroups: { ...state.parameterGroups, [group.arn]: group } };
}

function without(state: CacheState, group: ParameterGroup): CacheState {
  if (Object.values(state.groups).some((one) => one.parameterGroup === group.arn)) {
    throw new ServiceError(
      "InvalidCacheParameterGroupState",
      "One or more cache clusters are still members of this parameter group, so the group cannot be deleted.",
    );
  }
  const { [group.arn]: _gone, ...parameterGroups } = state.parameterGroups;
  return { ...state, parameterGroups };
}

function describe(group: ParameterGroup): CacheParameterGroup {
  return {
    CacheParameterGroupName: group.name,
    CacheParameterGroupFamily: group.family,
    Description: group.description,
    IsGlobal: false,
    ARN: group.arn,
  };
}
