import type { EC2 } from "@aws-sdk/client-ec2";
import type { Store } from "../platform.ts";
import { type Call, ServiceError } from "../service.ts";
import { type Group, type GroupKind, groupNamed, groupsIn, withNewGroup, withoutGroup } from "./groups.ts";
import { type Holding, withThing } from "./shelf.ts";
import { type Tag, tagRecord } from "./tags.ts";

/** The subnets of one VPC in which a service may put its servers. */
export interface SubnetGroup extends Group {
  readonly description: string;
  readonly vpcId: string;
  readonly subnets: readonly Subnet[];
}

export interface Subnet {
  readonly id: string;
  readonly zone: string;
}

export interface SubnetGroupKind<State> extends GroupKind<"subnetGroups", State> {
  /** @throws ServiceError where the service asks more of the subnets than one VPC. */
  readonly requireCover: (subnets: readonly Subnet[]) => void;
}

interface Asked {
  readonly name: string;
  readonly description?: string | undefined;
  readonly subnetIds?: readonly string[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/** Subnet groups as RDS and ElastiCache have them alike. */
export interface SubnetGroups {
  create(asked: Asked, call: Call): Promise<SubnetGroup>;
  /** The one of a name, or all. */
  found(name: string | undefined, call: Call): readonly SubnetGroup[];
  modify(asked: Asked, call: Call): Promise<SubnetGroup>;
  remove(name: string, call: Call): Promise<void>;
  /** The group `default` of a region: the subnets of its default VPC, made when it is first needed. */
  ensureDefault(call: Call): Promise<void>;
}

export function createSubnetGroups<State extends Holding<"subnetGroups", SubnetGroup>>(
  { store, ec2 }: { readonly store: Store<State>; readonly ec2: EC2 },
  kind: SubnetGroupKind<State>,
): SubnetGroups {
  const named = (name: string, call: Call): SubnetGroup => groupNamed(store.get(), kind, name, call);
  const create = async (asked: Asked, call: Call): Promise<SubnetGroup> => {
    const name = asked.name.toLowerCase();
    const { description = "", subnetIds = [] } = asked;
    const place = await placeOf(ec2, kind, subnetIds);
    const tags = tagRecord(asked.tags);
    const group = { arn: kind.arnOf(call, name), name, description, ...place, tags };
    await store.update((state) => withNewGroup(state, kind, group));
    return group;
  };
  return {
    create,
    found: (name, call) => (name === undefined ? groupsIn(store.get(), kind, call) : [named(name, call)]),
    modify: async ({ name, description, subnetIds }, call) => {
      const known = named(name, call);
      const place = subnetIds === undefined ? {} : await placeOf(ec2, kind, subnetIds);
      const group = { ...known, ...place, description: description ?? known.description };
      await store.update((state) => withThing(state, kind.shelf, group));
      return group;
    },
    remove: async (name, call) => {
      const group = named(name, call);
      await store.update((state) => withoutGroup(state, kind, group));
    },
    ensureDefault: async (call) => {
      if (store.get().subnetGroups[kind.arnOf(call, "default")] !== undefined) return;
      await create({ name: "default", description: "default", subnetIds: await defaultSubnets(ec2) }, call);
    },
  };
}

async function defaultSubnets(ec2: EC2): Promise<readonly string[]> {
  const Filters = [{ Name: "default-for-az", Values: ["true"] }];
  const { Subnets = [] } = await ec2.describeSubnets({ Filters });
  return Subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
}

/** @throws ServiceError InvalidSubnet, or what the service asks beyond */
async function placeOf<State>(
  ec2: EC2,
  kind: SubnetGroupKind<State>,
  subnetIds: readonly string[],
): Promise<Pick<SubnetGroup, "vpcId" | "subnets">> {
  const Subnets = await subnetsOf(ec2, subnetIds);
  const [vpcId = "", ...others] = new Set(Subnets.map((subnet) => subnet.VpcId ?? ""));
  if (others.length > 0) throw new ServiceError("InvalidSubnet", "The subnets are not all in the same VPC.");
  const subnets = Subnets.map(({ SubnetId: id = "", AvailabilityZone: zone = "" }) => ({ id, zone }));
  kind.requireCover(subnets);
  return { vpcId, subnets };
}

async function subnetsOf(ec2: EC2, subnetIds: readonly string[]) {
  try {
    return (await ec2.describeSubnets({ SubnetIds: [...subnetIds] })).Subnets ?? [];
  } catch (error) {
    if (!(error instanceof Error && error.name.startsWith("InvalidSubnet"))) throw error;
    const message = `Some input subnets in :[${subnetIds.join(", ")}] are invalid.`;
    throw new ServiceError("InvalidSubnet", message);
  }
}
