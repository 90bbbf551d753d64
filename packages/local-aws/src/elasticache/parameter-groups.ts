import type { CacheParameterGroup, ParameterNameValue, Tag } from "@aws-sdk/client-elasticache";
import { alreadyExists, invalidValue, notFound } from "../database-services/errors.ts";
import {
  createParameterGroups,
  type ParameterGroupKind,
  parameterGroupNamed,
  parameterGroupOf,
} from "../database-services/parameter-groups.ts";
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

interface CreateInput extends Named {
  readonly CacheParameterGroupFamily: string;
  readonly Description: string;
  readonly Tags?: readonly Tag[];
}

export interface ParameterGroupPorts {
  readonly store: Store<CacheState>;
  /** Has the replication groups that use a parameter group take its values up. */
  readonly apply: (groupArn: string) => void;
}

const invalidState = (message: string) => new ServiceError("InvalidCacheParameterGroupState", message);

const kind: ParameterGroupKind<CacheState> = {
  shelf: "parameterGroups",
  families,
  arnOf: (place, name) => arnOf(place, "parametergroup", name),
  missing: (name) => notFound("CacheParameterGroupNotFound", "CacheParameterGroup", name),
  taken: (name) => alreadyExists("CacheParameterGroupAlreadyExists", "Cache parameter group", name),
  inUse: () =>
    invalidState(
      "One or more cache clusters are still members of this parameter group, so the group cannot be deleted.",
    ),
  isUsed: ({ groups }, arn) => Object.values(groups).some(({ parameterGroup }) => parameterGroup === arn),
  unknownFamily: (family) =>
    invalidValue(`CacheParameterGroupFamily ${family} is not a valid parameter group family.`),
  unchangeable: (name) =>
    invalidState(`Parameter group ${name} is a default parameter group and cannot be changed`),
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html */
export function parameterGroupOperations({
  store,
  apply,
}: ParameterGroupPorts): Readonly<Record<string, Operation>> {
  const groups = createParameterGroups<string, CacheState>(store, kind);
  const applied = ({ arn, name }: ParameterGroup) => {
    apply(arn);
    return { CacheParameterGroupName: name };
  };
  return {
    CreateCacheParameterGroup: async (input: CreateInput, call) => ({
      CacheParameterGroup: describe(await groups.create(askedOf(input), call)),
    }),
    DescribeCacheParameterGroups: async (input: Partial<Named>, call) => ({
      CacheParameterGroups: groups.found(input.CacheParameterGroupName, call).map(describe),
    }),
    ModifyCacheParameterGroup: async (input: Changes, call) => {
      const values = valuesOf(input.ParameterNameValues ?? []);
      return applied(await groups.set(input.CacheParameterGroupName, values, call));
    },
    ResetCacheParameterGroup: async (input: Changes, call) =>
      applied(await groups.reset(input.CacheParameterGroupName, resetOf(input), call)),
    DescribeCacheParameters: async (input: Named & { readonly Source?: string }, call) => {
      const group = groupNamed(store.get(), input.CacheParameterGroupName, call);
      return { Parameters: describeParameters(group, input.Source) };
    },
    DeleteCacheParameterGroup: async (input: Named, call) => {
      await groups.remove(input.CacheParameterGroupName, call);
      return {};
    },
  };
}

/** A group by ARN; those named `default.…` are always there. */
export function groupOf(state: CacheState, arn: string): ParameterGroup {
  return parameterGroupOf(state, kind, arn);
}

/** @throws ServiceError CacheParameterGroupNotFound */
export function groupNamed(state: CacheState, name: string, call: Call): ParameterGroup {
  return parameterGroupNamed(state, kind, name, call);
}

function askedOf(input: CreateInput) {
  return {
    name: input.CacheParameterGroupName,
    family: input.CacheParameterGroupFamily,
    description: input.Description,
    tags: input.Tags,
  };
}

function resetOf({ ResetAllParameters, ParameterNameValues = [] }: Changes): readonly string[] | "all" {
  return ResetAllParameters === true
    ? "all"
    : ParameterNameValues.map(({ ParameterName = "" }) => ParameterName);
}

/** @throws ServiceError for a parameter ElastiCache does not know. */
function valuesOf(parameters: readonly ParameterNameValue[]): Readonly<Record<string, string>> {
  const entries = parameters.map(({ ParameterName = "", ParameterValue = "" }) => {
    requireParameter(ParameterName);
    return [ParameterName, ParameterValue] as const;
  });
  return Object.fromEntries(entries);
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
