import type { DBSubnetGroup, Tag } from "@aws-sdk/client-rds";
import { alreadyExists, notFound } from "../database-services/errors.ts";
import { groupNamed } from "../database-services/groups.ts";
import type { SubnetGroup, SubnetGroupKind, SubnetGroups } from "../database-services/subnet-groups.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { arnOf } from "./names.ts";
import type { RdsState } from "./state.ts";

type Named = { readonly DBSubnetGroupName: string };

interface GroupInput extends Named {
  readonly DBSubnetGroupDescription?: string;
  readonly SubnetIds: readonly string[];
  readonly Tags?: readonly Tag[];
}

export const subnetGroupKind: SubnetGroupKind<RdsState> = {
  shelf: "subnetGroups",
  arnOf: (place, name) => arnOf(place, "subgrp", name),
  missing: (name) => notFound("DBSubnetGroupNotFoundFault", "DB subnet group", name),
  taken: (name) => alreadyExists("DBSubnetGroupAlreadyExists", "The DB subnet group", name),
  inUse: (name) =>
    new ServiceError(
      "InvalidDBSubnetGroupStateFault",
      `Cannot delete the subnet group '${name}' because at least one database instance is still using it.`,
    ),
  isUsed: ({ instances }, arn) => Object.values(instances).some(({ subnetGroup }) => subnetGroup === arn),
  requireCover: (subnets) => {
    if (new Set(subnets.map(({ zone }) => zone)).size >= 2) return;
    throw new ServiceError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: 1. Add subnets to cover at least 2 AZs.",
    );
  },
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSubnetGroup.html */
export function subnetGroupOperations(groups: SubnetGroups): Readonly<Record<string, Operation>> {
  return {
    CreateDBSubnetGroup: async (input: GroupInput, call) => ({
      DBSubnetGroup: describeSubnetGroup(await groups.create(askedOf(input), call)),
    }),
    DescribeDBSubnetGroups: async (input: Partial<Named>, call) => ({
      DBSubnetGroups: groups.found(input.DBSubnetGroupName, call).map(describeSubnetGroup),
    }),
    ModifyDBSubnetGroup: async (input: GroupInput, call) => ({
      DBSubnetGroup: describeSubnetGroup(await groups.modify(askedOf(input), call)),
    }),
    DeleteDBSubnetGroup: async (input: Named, call) => {
      await groups.remove(input.DBSubnetGroupName, call);
      return {};
    },
  };
}

function askedOf(input: GroupInput) {
  return {
    name: input.DBSubnetGroupName,
    description: input.DBSubnetGroupDescription,
    subnetIds: input.SubnetIds,
    tags: input.Tags,
  };
}

/** @throws ServiceError DBSubnetGroupNotFoundFault */
export function subnetGroupNamed(state: RdsState, name: string, call: Call): SubnetGroup {
  return groupNamed(state, subnetGroupKind, name, call);
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
