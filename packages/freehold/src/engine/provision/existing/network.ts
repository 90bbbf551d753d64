import type { EC2, Filter, Tag } from "@aws-sdk/client-ec2";
import { type Existing, type Find, type Sought, tagsOf, textOf, theOnly } from "./sought.ts";

/*
 * EC2 knows no unique names: two calls make two networks. What is ours is found by the tag Name and the tags that say whose
 * it is, which it bears from the moment it exists.
 */

interface Tagged {
  readonly Tags?: Tag[] | undefined;
}

/** The tagged things of one kind that match these filters, with the id of each, and its state where that matters. */
type Describe = (
  ec2: EC2,
  filters: Filter[],
) => Promise<readonly (readonly [string | undefined, Tagged, state?: string | undefined])[]>;

function byNameTag(describe: Describe): Find {
  return async (sought, ports) => {
    const described = await describe(await ports.aws.ec2(), filtersOf(sought));
    const found = described.flatMap(([id, { Tags }, state]): readonly Existing[] =>
      id === undefined
        ? []
        : [{ id, tags: tagsOf(Tags), ...(isPending(state) ? { pending: "pending" } : {}) }],
    );
    return theOnly(found, sought);
  };
}

/** Endpoints write it with a capital letter. */
function isPending(state: string | undefined): boolean {
  return state?.toLowerCase() === "pending";
}

function filtersOf({ block, tags }: Sought): Filter[] {
  const own = block.args["tags"];
  const name = typeof own === "object" && own !== null && "Name" in own ? String(own.Name) : "";
  return Object.entries({ ...tags, Name: name }).map(([key, value]) => ({
    Name: `tag:${key}`,
    Values: [value],
  }));
}

export const vpc = byNameTag(async (ec2, Filters) => {
  const { Vpcs = [] } = await ec2.describeVpcs({ Filters });
  return Vpcs.map((one) => [one.VpcId, one]);
});

export const subnet = byNameTag(async (ec2, Filters) => {
  const { Subnets = [] } = await ec2.describeSubnets({ Filters });
  return Subnets.map((one) => [one.SubnetId, one]);
});

export const internetGateway = byNameTag(async (ec2, Filters) => {
  const { InternetGateways = [] } = await ec2.describeInternetGateways({ Filters });
  return InternetGateways.map((one) => [one.InternetGatewayId, one]);
});

export const elasticAddress = byNameTag(async (ec2, Filters) => {
  const { Addresses = [] } = await ec2.describeAddresses({ Filters });
  return Addresses.map((one) => [one.AllocationId, one]);
});

/** One that failed or was deleted is shown for an hour more. */
export const natGateway = byNameTag(async (ec2, named) => {
  const Filter = [...named, { Name: "state", Values: ["pending", "available"] }];
  const { NatGateways = [] } = await ec2.describeNatGateways({ Filter });
  return NatGateways.map((one) => [one.NatGatewayId, one, one.State]);
});

export const routeTable = byNameTag(async (ec2, Filters) => {
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters });
  return RouteTables.map((one) => [one.RouteTableId, one]);
});

export const vpcEndpoint = byNameTag(async (ec2, named) => {
  const Filters = [...named, { Name: "vpc-endpoint-state", Values: ["pending", "available"] }];
  const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({ Filters });
  return VpcEndpoints.map((one) => [one.VpcEndpointId, one, one.State]);
});

/** Part of its table; EC2 refuses a second one to the same destination. */
export const route: Find = async (sought, ports) => {
  const table = await tableOf(sought, await ports.aws.ec2());
  const destination = textOf(sought, "destination_cidr_block");
  const isThere = table?.Routes?.some((one) => one.DestinationCidrBlock === destination) === true;
  return isThere ? { id: `${table.RouteTableId}_${destination}` } : undefined;
};

/** Part of its table; EC2 refuses to associate a subnet twice. */
export const routeTableAssociation: Find = async (sought, ports) => {
  const table = await tableOf(sought, await ports.aws.ec2());
  const subnetId = await sought.idOf("subnet_id");
  const isThere = table?.Associations?.some((one) => one.SubnetId === subnetId) === true;
  return subnetId !== undefined && isThere ? { id: `${subnetId}/${table.RouteTableId}` } : undefined;
};

async function tableOf({ idOf }: Sought, ec2: EC2) {
  const id = await idOf("route_table_id");
  if (id === undefined) return undefined;
  return (await ec2.describeRouteTables({ RouteTableIds: [id] })).RouteTables?.[0];
}
