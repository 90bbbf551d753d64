import type { DBParameterGroup, Parameter, Tag } from "@aws-sdk/client-rds";
import { alreadyExists, invalidValue, notFound } from "../database-services/errors.ts";
import {
  createParameterGroups,
  type ParameterGroupKind,
  parameterGroupNamed,
  parameterGroupOf,
} from "../database-services/parameter-groups.ts";
import type { Store } from "../platform.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { families } from "./engines.ts";
import { arnOf } from "./names.ts";
import { describeParameters, requireParameter } from "./parameters.ts";
import type { ParameterGroup, ParameterValue, RdsState } from "./state.ts";

type Named = { readonly DBParameterGroupName: string };
type Changes = Named & { readonly Parameters?: readonly Parameter[]; readonly ResetAllParameters?: boolean };

interface CreateInput extends Named {
  readonly DBParameterGroupFamily: string;
  readonly Description: string;
  readonly Tags?: readonly Tag[];
}

export interface ParameterGroupPorts {
  readonly store: Store<RdsState>;
  /** Has the instances that use a group take its values up. */
  readonly apply: (groupArn: string) => void;
}

const kind: ParameterGroupKind<RdsState> = {
  shelf: "parameterGroups",
  families,
  arnOf: (place, name) => arnOf(place, "pg", name),
  missing: (name) => notFound("DBParameterGroupNotFound", "DBParameterGroup", name),
  taken: (name) => alreadyExists("DBParameterGroupAlreadyExists", "Parameter group", name),
  inUse: () =>
    new ServiceError(
      "InvalidDBParameterGroupState",
      "One or more database instances are still members of this parameter group, so the group cannot be deleted",
    ),
  isUsed: ({ instances }, arn) =>
    Object.values(instances).some(({ parameterGroup }) => parameterGroup === arn),
  unknownFamily: (family) =>
    invalidValue(`ParameterGroupFamily ${family} is not a valid parameter group family`),
  unchangeable: (name) =>
    invalidValue(`The parameter group ${name} is a default group and cannot be changed`),
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html */
export function parameterGroupOperations({
  store,
  apply,
}: ParameterGroupPorts): Readonly<Record<string, Operation>> {
  const groups = createParameterGroups<ParameterValue, RdsState>(store, kind);
  const applied = ({ arn, name }: ParameterGroup) => {
    apply(arn);
    return { DBParameterGroupName: name };
  };
  const set = (input: Changes, group: ParameterGroup, call: Call) =>
    groups.set(input.DBParameterGroupName, valuesOf(group, input.Parameters ?? []), call);
  return {
    CreateDBParameterGroup: async (input: CreateInput, call) => ({
      DBParameterGroup: describe(await groups.create(askedOf(input), call)),
    }),
    DescribeDBParameterGroups: async (input: Partial<Named>, call) => ({
      DBParameterGroups: groups.found(input.DBParameterGroupName, call).map(describe),
    }),
    ModifyDBParameterGroup: async (input: Changes, call) =>
      applied(await set(input, groupNamed(store.get(), input.DBParameterGroupName, call), call)),
    ResetDBParameterGroup: async (input: Changes, call) =>
      applied(await groups.reset(input.DBParameterGroupName, resetOf(input), call)),
    DescribeDBParameters: async (input: Named & { readonly Source?: string }, call) => ({
      Parameters: describeParameters(groupNamed(store.get(), input.DBParameterGroupName, call), input.Source),
    }),
    DeleteDBParameterGroup: async (input: Named, call) => {
      await groups.remove(input.DBParameterGroupName, call);
      return {};
    },
  };
}

/** A group by ARN; those named `default.…` are always there. */
export function groupOf(state: RdsState, arn: string): ParameterGroup {
  return parameterGroupOf(state, kind, arn);
}

/** @throws ServiceError DBParameterGroupNotFound */
export function groupNamed(state: RdsState, name: string, call: Call): ParameterGroup {
  return parameterGroupNamed(state, kind, name, call);
}

function askedOf(input: CreateInput) {
  return {
    name: input.DBParameterGroupName,
    family: input.DBParameterGroupFamily,
    description: input.Description,
    tags: input.Tags,
  };
}

function resetOf({ ResetAllParameters, Parameters = [] }: Changes): readonly string[] | "all" {
  return ResetAllParameters === true ? "all" : Parameters.map(({ ParameterName = "" }) => ParameterName);
}

/** @throws ServiceError for a parameter RDS does not know, or does not set at once. */
function valuesOf(
  group: ParameterGroup,
  parameters: readonly Parameter[],
): Readonly<Record<string, ParameterValue>> {
  const entries = parameters.map(({ ParameterName = "", ParameterValue = "", ApplyMethod = "immediate" }) => {
    const value = { value: ParameterValue, applyMethod: ApplyMethod };
    requireParameter(group, ParameterName, value);
    return [ParameterName, value] as const;
  });
  return Object.fromEntries(entries);
}

function describe(group: ParameterGroup): DBParameterGroup {
  return {
    DBParameterGroupName: group.name,
    DBParameterGroupFamily: group.family,
    Description: group.description,
    DBParameterGroupArn: group.arn,
  };
}
