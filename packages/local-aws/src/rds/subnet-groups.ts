import type { EC2 } from "@aws-sdk/client-ec2";
import type { DBSubnetGroup, Tag } from "@aws-sdk/client-rds";
import { alreadyExists, notFound } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { arnOf } from "./names.ts";
import type { Room } from "./room.ts";
import type { RdsState, SubnetGroup } from "./state.ts";

type Named = { readonly DBSubnetGroupName: string };

interface GroupInput extends Named {
  readonly DBSubnetGroupDescription?: string;
  readonly SubnetIds: readonly string[];
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSubnetGroup.html */
export function subnetGroupOperations({ store, ec2 }: Room): Readonly<Record<string, Operation>> {
  return {
    CreateDBSubnetGroup: async (input: GroupInput, call) => {
      const group: SubnetGroup = {
        arn: arnOf(call, "subgrp", input.DBSubnetGroupName),
        name: input.DBSubnetGroupName.toLowerCase(),
        description: input.DBSubnetGroupDescription ?? "",
        ...(await placeOf(ec2, input.SubnetIds)),
        tags: tagRecord(input.Tags),
      };
      await store.update((state) => withNew(state, group));
      return { DBSubnetGroup: describeSubnetGroup(group) };
    },
    DescribeDBSubnetGroups: async (input: Partial<Named>, call) => {
      const prefix = arnOf(call, "subgrp", "");
      const all = Object.values(store.get().subnetGroups).filter((group) => group.arn.startsWith(prefix));
      const name = input.DBSubnetGroupName;
      const groups = name === undefined ? all : [subnetGroupNamed(store.get(), name, call)];
      return { DBSubnetGroups: groups.map(describeSubnetGroup) };
    },
    ModifyDBSubnetGroup: async (input: GroupInput, call) => {
      const known = subnetGroupNamed(store.get(), input.DBSubnetGroupName, call);
      const description = input.DBSubnetGroupDescription ?? known.description;
      const group = { ...known, description, ...(await placeOf(ec2, input.SubnetIds)) };
      await store.update((state) => ({
        ...state,
        subnetGroups: { ...state.subnetGroups, [group.arn]: group },
      }));
      return { DBSubnetGroup: describeSubnetGroup(group) };
    },
    DeleteDBSubnetGroup: async (input: Named, call) => {
      const group = subnetGroupNamed(store.get(), input.DBSubnetGroupName, call);
      await store.update((state) => without(state, group));
      return {};
    },
  };
}

/** The group `default` of a region: the subnets of its default VPC, as RDS makes it when it is first needed. */
export async function ensureDefaultSubnetGroup({ store, ec2 }: Room, call: Call): Promise<void> {
  const arn = arnOf(call, "subgrp", "default");
  if (store.get().subnetGroups[arn] !== undefined) return;
  const { Subnets = [] } = await ec2.describeSubnets({
    Filters: [{ Name: "default-for-az", Values: ["true"] }],
  });
  const ids = Subnets.flatMap((subnet) => subnet.SubnetId ?? []);
  const group = { arn, name: "default", description: "default", ...(await placeOf(ec2, ids)), tags: {} };
  await store.update((state) => ({ ...state, subnetGroups: { ...state.subnetGroups, [arn]: group } }));
}

/** @throws ServiceError DBSubnetGroupNotFoundFault */
export function subnetGroupNamed(state: RdsState, name: string, call: Call): SubnetGroup {
  const group = state.subnetGroups[arnOf(call, "subgrp", name)];
  if (group === undefined) throw notFound("DBSubnetGroupNotFoundFault", "DB subnet group", name);
  return group;
}

export function describeSubnetGroup(group: SubnetGroup): DBSubnetGroup {
  return {
    DBSubnetGroupName: group.name,
    DBSubnetGroupDescription: group.description,
    VpcId: group.vpcId,
    SubnetGroupStatus: "Complete",
    Subnets: group.subnets.map(({ id, zone }) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: zone },
      SubnetStatus: "Active",
    })),
    DBSubnetGroupArn: group.arn,
    SupportedNetworkTypes: ["IPV4"],
  };
}

async function placeOf(
  ec2: EC2,
  subnetIds: readonly string[],
): Promise<Pick<SubnetGroup, "vpcId" | "subnets">> {
  const { Subnets = [] } = await ec2.describeSubnets({ SubnetIds: [...subnetIds] });
  const vpcs = [...new Set(Subnets.map((subnet) => subnet.VpcId ?? ""))];
  const subnets = Subnets.map((subnet) => ({
    id: subnet.SubnetId ?? "",
    zone: subnet.AvailabilityZone ?? "",
  }));
  const [vpcId = ""] = vpcs;
  if (vpcs.length > 1) throw new ServiceError("InvalidSubnet", "The subnets are not all in the same VPC.");
  if (new Set(subnets.map((subnet) => subnet.zone)).size < 2) {
    throw new ServiceError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: 1. Add subnets to cover at least 2 AZs.",
    );
  }
  return { vpcId, subnets };
}

function withNew(state: RdsState, group: SubnetGroup): RdsState {
  if (state.subnetGroups[group.arn] !== undefined) {
    throw alreadyExists("DBSubnetGroupAlreadyExists", "The DB subnet group", group.name);
  }
  return { ...state, subnetGroups: { ...state.subnetGroups, [group.arn]: group } };
}

function without(state: RdsState, group: SubnetGroup): RdsState {
  if (Object.values(state.instances).some((instance) => instance.subnetGroup === group.arn)) {
    throw new ServiceError(
      "InvalidDBSubnetGroupStateFault",
      `Cannot delete the subnet group '${group.name}' because at least one database instance is still using it.`,
    );
  }
  const { [group.arn]: _gone, ...subnetGroups } = state.subnetGroups;
  return { ...state, subnetGroups };
}
