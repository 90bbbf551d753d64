import type { CacheSubnetGroup, Tag } from "@aws-sdk/client-elasticache";
import { alreadyExists, notFound } from "../database-services/errors.ts";
import { groupNamed } from "../database-services/groups.ts";
import type { SubnetGroup, SubnetGroupKind, SubnetGroups } from "../database-services/subnet-groups.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { arnOf } from "./names.ts";
import type { CacheState } from "./state.ts";

type Named = { readonly CacheSubnetGroupName: string };

interface GroupInput extends Named {
  readonly CacheSubnetGroupDescription?: string;
  readonly SubnetIds?: readonly string[];
  readonly Tags?: readonly Tag[];
}

export const subnetGroupKind: SubnetGroupKind<CacheState> = {
  shelf: "subnetGroups",
  arnOf: (place, name) => arnOf(place, "subnetgroup", name),
  missing: (name) => notFound("CacheSubnetGroupNotFoundFault", "Cache subnet group", name),
  taken: (name) => alreadyExists("CacheSubnetGroupAlreadyExists", "Cache subnet group", name),
  inUse: (name) =>
    new ServiceError(
      "CacheSubnetGroupInUse",
      `Cache subnet group ${name} is currently in use by a cache cluster.`,
    ),
  isUsed: ({ groups, clusters }, arn) =>
    [...Object.values(groups), ...Object.values(clusters)].some(({ subnetGroup }) => subnetGroup === arn),
  requireCover: () => {},
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheSubnetGroup.html */
export function subnetGroupOperations(groups: SubnetGroups): Readonly<Record<string, Operation>> {
  return {
    CreateCacheSubnetGroup: async (input: GroupInput, call) => ({
      CacheSubnetGroup: describe(await groups.create(askedOf(input), call)),
    }),
    DescribeCacheSubnetGroups: async (input: Partial<Named>, call) => ({
      CacheSubnetGroups: groups.found(input.CacheSubnetGroupName, call).map(describe),
    }),
    ModifyCacheSubnetGroup: async (input: GroupInput, call) => ({
      CacheSubnetGroup: describe(await groups.modify(askedOf(input), call)),
    }),
    DeleteCacheSubnetGroup: async (input: Named, call) => {
      await groups.remove(input.CacheSubnetGroupName, call);
      return {};
    },
  };
}

function askedOf(input: GroupInput) {
  return {
    name: input.CacheSubnetGroupName,
    description: input.CacheSubnetGroupDescription,
    subnetIds: input.SubnetIds,
    tags: input.Tags,
  };
}

/** @throws ServiceError CacheSubnetGroupNotFoundFault */
export function subnetGroupNamed(state: CacheState, name: string, call: Call): SubnetGroup {
  return groupNamed(state, subnetGroupKind, name, call);
}

function describe(group: SubnetGroup): CacheSubnetGroup {
  return {
    CacheSubnetGroupName: group.name,
    CacheSubnetGroupDescription: group.description,
    VpcId: group.vpcId,
    Subnets: group.subnets.map(({ id, zone }) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: zone },
      SupportedNetworkTypes: ["ipv4"],
    })),
    ARN: group.arn,
    SupportedNetworkTypes: ["ipv4"],
  };
}
