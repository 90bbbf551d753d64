import { type Block, ref, resource } from "../terraform/block.ts";
import type { Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import type { CollectionScope } from "./scope.ts";
import { type SubnetTier, subnetRange } from "./subnet-range.ts";

export interface Network {
  readonly blocks: readonly Block[];
  readonly vpcId: Ref;
  readonly publicSubnetIds: readonly Ref[];
  readonly privateSubnetIds: readonly Ref[];
  readonly dataSubnetIds: readonly Ref[];
  /** CloudFront's VPC origins demand that it be attached. */
  readonly gateway: Block;
}

type Vpc = Block<"id">;
type Subnet = Block<"id">;

/** A VPC whose tasks reach out through one NAT gateway and whose data subnets reach nothing. */
export function network(scope: CollectionScope): Network {
  const vpc = resource("aws_vpc", "main", {
    cidr_block: scope.collection.network.cidr,
    enable_dns_hostnames: true,
    enable_dns_support: true,
    tags: nameTag(scope, ""),
  });
  const gateway = resource("aws_internet_gateway", "main", {
    vpc_id: ref(vpc, "id"),
    tags: nameTag(scope, ""),
  });
  const subnets = {
    public: tier(scope, vpc, "public"),
    private: tier(scope, vpc, "private"),
    data: tier(scope, vpc, "data"),
  };
  const nats = natGateways(scope, gateway, subnets.public);
  const tables = [
    routeTable(scope, vpc, "public", { gateway_id: ref(gateway, "id") }, subnets.public),
    routeTable(scope, vpc, "private", nats[0]?.target, subnets.private),
    routeTable(scope, vpc, "data", undefined, subnets.data),
  ];
  return {
    blocks: [
      vpc,
      gateway,
      closedDefaultGroup(vpc),
      ...Object.values(subnets).flat(),
      ...nats.flatMap((nat) => nat.blocks),
      ...tables.flatMap((table) => table.blocks),
      storageEndpoint(
        scope,
        vpc,
        tables.map((table) => table.id),
      ),
    ],
    vpcId: ref(vpc, "id"),
    publicSubnetIds: subnets.public.map((subnet) => ref(subnet, "id")),
    privateSubnetIds: subnets.private.map((subnet) => ref(subnet, "id")),
    dataSubnetIds: subnets.data.map((subnet) => ref(subnet, "id")),
    gateway,
  };
}

/** Subnets of one tier, one for each zone, named by the zone's last letter. */
function tier(scope: CollectionScope, vpc: Vpc, name: SubnetTier): readonly Subnet[] {
  return scope.facts.zones.map((zone, index) =>
    resource("aws_subnet", `${name}_${zoneLetter(scope, zone)}`, {
      vpc_id: ref(vpc, "id"),
      availability_zone: zone,
      cidr_block: subnetRange(scope.collection.network.cidr, name, index),
      map_public_ip_on_launch: false,
      tags: nameTag(scope, `${name}-${zoneLetter(scope, zone)}`),
    }),
  );
}

function zoneLetter(scope: CollectionScope, zone: string): string {
  return zone.replace(scope.facts.region, "").replaceAll(/[^a-z0-9]+/g, "_");
}

/** In the first zone alone, which costs half of one for each; when that zone fails, nothing goes out. */
function natGateways(scope: CollectionScope, gateway: Block, subnets: readonly Subnet[]) {
  return subnets.slice(0, 1).map((subnet) => {
    const dependsOn = [gateway];
    const tags = nameTag(scope, "nat");
    const address = resource("aws_eip", "nat", { domain: "vpc", tags }, { dependsOn });
    const args = { allocation_id: ref(address, "id"), subnet_id: ref(subnet, "id"), tags };
    const nat = resource("aws_nat_gateway", "main", args, { dependsOn });
    return { target: { nat_gateway_id: ref(nat, "id") }, blocks: [address, nat] };
  });
}

function routeTable(
  scope: CollectionScope,
  vpc: Vpc,
  name: SubnetTier,
  target: { readonly gateway_id: Ref } | { readonly nat_gateway_id: Ref } | undefined,
  subnets: readonly Subnet[],
) {
  const table = resource("aws_route_table", name, { vpc_id: ref(vpc, "id"), tags: nameTag(scope, name) });
  const id = ref(table, "id");
  const out =
    target === undefined
      ? []
      : [resource("aws_route", name, { route_table_id: id, destination_cidr_block: "0.0.0.0/0", ...target })];
  const associations = subnets.map((subnet) =>
    resource("aws_route_table_association", subnet.name, {
      route_table_id: id,
      subnet_id: ref(subnet, "id"),
    }),
  );
  return { id, blocks: [table, ...out, ...associations] };
}

/** Free, and image layers come from S3: without it they would pass the NAT gateway. */
function storageEndpoint(scope: CollectionScope, vpc: Vpc, tables: readonly Ref[]): Block {
  return resource("aws_vpc_endpoint", "s3", {
    vpc_id: ref(vpc, "id"),
    service_name: `com.amazonaws.${scope.facts.region}.s3`,
    vpc_endpoint_type: "Gateway",
    route_table_ids: tables,
    tags: nameTag(scope, "s3"),
  });
}

/** What names no group gets the default one, so it lets nothing in or out (Security Hub EC2.2). */
function closedDefaultGroup(vpc: Vpc): Block {
  return resource("aws_default_security_group", "closed", { vpc_id: ref(vpc, "id") });
}

function nameTag(scope: CollectionScope, what: string): { readonly Name: string } {
  return { Name: nameOf("vpc", scope.identity, what) };
}
