import type { EC2 } from "@aws-sdk/client-ec2";
import type { CacheSubnetGroup, Tag } from "@aws-sdk/client-elasticache";
import { alreadyExists, notFound } from "../database-services/errors.ts";
import { tagRecord } from "../database-services/tags.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { arnOf } from "./names.ts";
import type { Room } from "./room.ts";
import type { CacheState, SubnetGroup } from "./state.ts";

type Named = { readonly CacheSubnetGroupName: string };

interface GroupInput extends Named {
  readonly CacheSubnetGroupDescription?: string;
  readonly SubnetIds?: readonly string[];
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheSubnetGroup.html */
export function subnetGroupOperations({ store, ec2 }: Room): Readonly<Record<string, Operation>> {
  const keep = (group: SubnetGroup) =>
    store.update((state) => ({ ...state, subnetGroups: { ...state.subnetGroups, [group.arn]: group } }));
  return {
    CreateCacheSubnetGroup: async (input: GroupInput, call) => {
      const group = await newGroup(ec2, input, call);
      if (store.get().subnetGroups[group.arn] !== undefined) {
        throw alreadyExists("CacheSubnetGroupAlreadyExists", "Cache subnet group", group.name);
      }
      await keep(group);
      return { CacheSubnetGroup: describe(group) };
    },
    DescribeCacheSubnetGroups: async (input: Partial<Named>, call) => {
      const prefix = arnOf(call, "subnetgroup", "");
      const all = Object.values(store.get().subnetGroups).filter((group) => group.arn.startsWith(prefix));
      const name = input.CacheSubnetGroupName;
      return {
        CacheSubnetGroups: (name === undefined ? all : [subnetGroupNamed(store.get(), name, call)]).map(
          describe,
        ),
      };
    },
    ModifyCacheSubnetGroup: async (input: GroupInput, call) => {
      const known = subnetGroupNamed(store.get(), input.CacheSubnetGroupName, call);
      const place = input.SubnetIds === undefined ? {} : await placeOf(ec2, input.SubnetIds);
      const group = {
        ...known,
        ...place,
        description: input.CacheSubnetGroupDescription ?? known.description,
      };
      await keep(group);
      return { CacheSubnetGroup: describe(group) };
    },
    DeleteCacheSubnetGroup: async (input: Named, call) => {
      const group = subnetGroupNamed(store.get(), input.CacheSubnetGroupName, call);
      await store.update((state) => without(state, group));
      return {};
    },
  };
}

/** @throws ServiceError CacheSubnetGroupNotFoundFault */
export function subnetGroupNamed(state: CacheState, name: string, call: Call): SubnetGroup {
  const group = state.subnetGroups[arnOf(call, "subnetgroup", name.toLowerCase())];
  if (group === undefined) throw notFound("CacheSubnetGroupNotFoundFault", "Cache subnet group", name);
  return group;
}

/** The group `default` of a region: the subnets of its default VPC, made when it is first needed. */
export async function ensureDefaultSubnetGroup({ store, ec2 }: Room, call: Call): Promise<void> {
  const arn = arnOf(call, "subnetgroup", "default");
  if (store.get().subnetGroups[arn] !== undefined) return;
  const { Subnets = [] } = await ec2.describeSubnets({
    Filters: [{ Name: "default-for-az", Values: ["true"] }],
  });
  const SubnetIds = Subnets.flatMap((subnet) => subnet.SubnetId ?? []);
  const group = await newGroup(ec2, { CacheSubnetGroupName: "default", SubnetIds }, call);
  await store.update((state) => ({ ...state, subnetGroups: { ...state.subnetGroups, [arn]: group } }));
}

async function newGroup(ec2: EC2, input: GroupInput, call: Call): Promise<SubnetGroup> {
  const name = input.CacheSubnetGroupName.toLowerCase();
  return {
    arn: arnOf(call, "subnetgroup", name),
    name,
    description: input.CacheSubnetGroupDescription ?? "",
    ...(await placeOf(ec2, input.SubnetIds ?? [])),
    tags: tagRecord(input.Tags),
  };
}

async function placeOf(
  ec2: EC2,
  subnetIds: readonly string[],
): Promise<Pick<SubnetGroup, "vpcId" | "subnets">> {
  const { Subnets = [] } = await ec2.describeSubnets({ SubnetIds: [...subnetIds] });
  const [vpcId = "", ...others] = new Set(Subnets.map((subnet) => subnet.VpcId ?? ""));
  if (others.length > 0) throw new ServiceError("InvalidSubnet", "The subnets are not all in the same VPC.");
  const subnets = Subnets.map((subnet) => ({
    id: subnet.SubnetId ?? "",
    zone: subnet.AvailabilityZone ?? "",
  }));
  return { vpcId, subnets };
}

function without(state: CacheState, group: SubnetGroup): CacheState {
  if (Object.values(state.groups).some((one) => one.subnetGroup === group.arn)) {
    throw new ServiceError(
      "CacheSubnetGroupInUse",
      `Cache subnet group ${group.name} is currently in use by a cache cluster.`,
    );
  }
  const { [group.arn]: _gone, ...subnetGroups } = state.subnetGroups;
  return { ...state, subnetGroups };
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
