import type { DBParameterGroup, Parameter, Tag } from "@aws-sdk/client-rds";
import { alreadyExists, invalidValue, notFound } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import type { Store } from "../platform.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { familyOf, majors } from "./engine.ts";
import { arnOf } from "./names.ts";
import { describeParameters, requireParameter } from "./parameters.ts";
import type { ParameterGroup, ParameterValue, RdsState } from "./state.ts";

type Named = { readonly DBParameterGroupName: string };
type Changes = Named & { readonly Parameters?: readonly Parameter[]; readonly ResetAllParameters?: boolean };

export interface ParameterGroupPorts {
  readonly store: Store<RdsState>;
  /** Has the instances that use a group take its values up. */
  readonly apply: (groupArn: string) => void;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html */
export function parameterGroupOperations(ports: ParameterGroupPorts): Readonly<Record<string, Operation>> {
  const { store } = ports;
  const set = async (group: ParameterGroup, values: ParameterGroup["values"]) => {
    await store.update((state) => withGroup(state, { ...group, values }));
    ports.apply(group.arn);
    return { DBParameterGroupName: group.name };
  };
  return {
    CreateDBParameterGroup: async (input: CreateInput, call) => {
      const group = newGroup(input, call);
      await store.update((state) => withNew(state, group));
      return { DBParameterGroup: describe(group) };
    },
    DescribeDBParameterGroups: async (input: Partial<Named>, call) => ({
      DBParameterGroups: found(store.get(), input.DBParameterGroupName, call).map(describe),
    }),
    ModifyDBParameterGroup: async (input: Changes, call) => {
      const group = own(store.get(), input.DBParameterGroupName, call);
      return set(group, { ...group.values, ...valuesOf(input.Parameters ?? []) });
    },
    ResetDBParameterGroup: async (input: Changes, call) => {
      const group = own(store.get(), input.DBParameterGroupName, call);
      const reset = new Set(input.Parameters?.map((one) => one.ParameterName));
      const kept = Object.entries(group.values).filter(
        ([name]) => !input.ResetAllParameters && !reset.has(name),
      );
      return set(group, Object.fromEntries(kept));
    },
    DescribeDBParameters: async (input: Named & { readonly Source?: string }, call) => ({
      Parameters: describeParameters(groupNamed(store.get(), input.DBParameterGroupName, call), input.Source),
    }),
    DeleteDBParameterGroup: async (input: Named, call) => {
      const group = own(store.get(), input.DBParameterGroupName, call);
      await store.update((state) => without(state, group));
      return {};
    },
  };
}

interface CreateInput extends Named {
  readonly DBParameterGroupFamily: string;
  readonly Description: string;
  readonly Tags?: readonly Tag[];
}

/** A group by ARN; those named `default.…` are always there. */
export function groupOf(state: RdsState, arn: string): ParameterGroup {
  const [region = "", accountId = "", , name = ""] = arn.split(":").slice(3);
  return state.parameterGroups[arn] ?? defaultGroup(name.replace("default.", ""), { region, accountId });
}

/** @throws ServiceError DBParameterGroupNotFound */
export function groupNamed(
  state: RdsState,
  name: string,
  call: Pick<Call, "accountId" | "region">,
): ParameterGroup {
  const arn = arnOf(call, "pg", name);
  const isDefault = majors.some((major) => name === `default.${familyOf(major)}`);
  if (isDefault || state.parameterGroups[arn] !== undefined) return groupOf(state, arn);
  throw notFound("DBParameterGroupNotFound", "DBParameterGroup", name);
}

function defaultGroup(family: string, place: Pick<Call, "accountId" | "region">): ParameterGroup {
  const name = `default.${family}`;
  const description = `Default parameter group for ${family}`;
  return { arn: arnOf(place, "pg", name), name, family, description, values: {}, tags: {} };
}

function found(state: RdsState, name: string | undefined, call: Call): readonly ParameterGroup[] {
  if (name !== undefined) return [groupNamed(state, name, call)];
  const own = Object.values(state.parameterGroups).filter((one) => one.arn.startsWith(arnOf(call, "pg", "")));
  return [...majors.map((major) => defaultGroup(familyOf(major), call)), ...own];
}

function newGroup(input: CreateInput, call: Call): ParameterGroup {
  if (!majors.map(familyOf).includes(input.DBParameterGroupFamily)) {
    throw invalidValue(
      `ParameterGroupFamily ${input.DBParameterGroupFamily} is not a valid parameter group family`,
    );
  }
  return {
    arn: arnOf(call, "pg", input.DBParameterGroupName),
    name: input.DBParameterGroupName.toLowerCase(),
    family: input.DBParameterGroupFamily,
    description: input.Description,
    values: {},
    tags: tagRecord(input.Tags),
  };
}

/** A group that may be changed: the default ones may not. */
function own(state: RdsState, name: string, call: Call): ParameterGroup {
  if (name.startsWith("default."))
    throw invalidValue(`The parameter group ${name} is a default group and cannot be changed`);
  return groupNamed(state, name, call);
}

function valuesOf(parameters: readonly Parameter[]): Readonly<Record<string, ParameterValue>> {
  const entries = parameters.map(({ ParameterName = "", ParameterValue = "", ApplyMethod = "immediate" }) => {
    const value = { value: ParameterValue, applyMethod: ApplyMethod };
    requireParameter(ParameterName, value);
    return [ParameterName, value] as const;
  });
  return Object.fromEntries(entries);
}

function withGroup(state: RdsState, group: ParameterGroup): RdsState {
  return { ...state, parameterGroups: { ...state.parameterGroups, [group.arn]: group } };
}

function withNew(state: RdsState, group: ParameterGroup): RdsState {
  if (state.parameterGroups[group.arn] === undefined) return withGroup(state, group);
  throw alreadyExists("DBParameterGroupAlreadyExists", "Parameter group", group.name);
}

function without(state: RdsState, group: ParameterGroup): RdsState {
  if (Object.values(state.instances).some((instance) => instance.parameterGroup === group.arn)) {
    throw new ServiceError(
      "InvalidDBParameterGroupState",
      "One or more database instances are still members of this parameter group, so the group cannot be deleted",
    );
  }
  const { [group.arn]: _gone, ...parameterGroups } = state.parameterGroups;
  return { ...state, parameterGroups };
}

function describe(group: ParameterGroup): DBParameterGroup {
  return {
    DBParameterGroupName: group.name,
    DBParameterGroupFamily: group.family,
    Description: group.description,
    DBParameterGroupArn: group.arn,
  };
}
