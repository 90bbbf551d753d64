import { Items, meant, type Thing, type World } from "./world.ts";

interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

export function ec2({ all }: World) {
  const matches = (thing: Thing, filters: readonly Filter[]) =>
    filters.every(
      ({ Name, Values }) => !Name.startsWith("tag:") || Values.includes(thing.tags[Name.slice(4)] ?? ""),
    );
  const list =
    (type: string, answer: string, id: string) => (input: { Filters?: Filter[]; Filter?: Filter[] }) => ({
      [answer]: all(type)
        .filter((one) => matches(one, input.Filters ?? input.Filter ?? []))
        .map((one) => ({ [id]: one.id, Tags: Items(one.tags), State: one.state ?? "available" })),
    });
  const tables = list("aws_route_table", "RouteTables", "RouteTableId");
  const rulesOf = (IsEgress: boolean, group: string | undefined) =>
    all(`aws_vpc_security_group_${IsEgress ? "egress" : "ingress"}_rule`)
      .filter((one) => meant(one.block.args["security_group_id"]) === group)
      .map(({ id, block: { args } }) => ({
        SecurityGroupRuleId: id,
        IsEgress,
        Description: args["description"],
        IpProtocol: args["ip_protocol"],
        FromPort: args["from_port"] ?? -1,
        ToPort: args["to_port"] ?? -1,
        CidrIpv4: args["cidr_ipv4"],
        ReferencedGroupInfo: { GroupId: meant(args["referenced_security_group_id"]) },
      }));
  const filterOf = (filters: readonly Filter[], name: string) =>
    filters.find((one) => one.Name === name)?.Values[0];
  return {
    describeVpcs: list("aws_vpc", "Vpcs", "VpcId"),
    describeSubnets: list("aws_subnet", "Subnets", "SubnetId"),
    describeInternetGateways: list("aws_internet_gateway", "InternetGateways", "InternetGatewayId"),
    describeAddresses: list("aws_eip", "Addresses", "AllocationId"),
    describeNatGateways: list("aws_nat_gateway", "NatGateways", "NatGatewayId"),
    describeVpcEndpoints: list("aws_vpc_endpoint", "VpcEndpoints", "VpcEndpointId"),
    describeRouteTables: (input: { RouteTableIds?: readonly string[]; Filters?: Filter[] }) => {
      const [id] = input.RouteTableIds ?? [];
      if (id === undefined) return tables(input);
      const within = (type: string) =>
        all(type).filter((one) => meant(one.block.args["route_table_id"]) === id);
      const Routes = within("aws_route").map((one) => ({
        DestinationCidrBlock: one.block.args["destination_cidr_block"],
      }));
      const Associations = within("aws_route_table_association").map((one) => ({
        SubnetId: meant(one.block.args["subnet_id"]),
      }));
      return { RouteTables: [{ RouteTableId: id, Routes, Associations }] };
    },
    describeSecurityGroups: ({ Filters = [] }: { Filters?: Filter[] }) => ({
      SecurityGroups: all("aws_security_group")
        .filter((one) => one.name === filterOf(Filters, "group-name"))
        .filter((one) => meant(one.block.args["vpc_id"]) === filterOf(Filters, "vpc-id"))
        .map((one) => ({ GroupId: one.id, Tags: Items(one.tags) })),
    }),
    describeSecurityGroupRules: ({ Filters = [] }: { Filters?: Filter[] }) => ({
      SecurityGroupRules: [
        ...all("aws_security_group")
          .filter((one) => one.isOpen === true && one.id === filterOf(Filters, "group-id"))
          .map(ruleOfNewGroup),
        ...[false, true].flatMap((IsEgress) => rulesOf(IsEgress, filterOf(Filters, "group-id"))),
      ],
    }),
    revokeSecurityGroupEgress: ({ GroupId }: { GroupId: string }) => {
      for (const one of all("aws_security_group")) if (one.id === GroupId) one.isOpen = false;
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-custom-security-groups.html */
function ruleOfNewGroup({ id }: Thing) {
  return { SecurityGroupRuleId: `sgr-of-${id}`, IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" };
}
