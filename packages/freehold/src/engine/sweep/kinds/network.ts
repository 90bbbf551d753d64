import type { AwsPort } from "../../ports.ts";
import { type Kind, presence } from "../kind.ts";

/** What EC2 holds: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/. */
export const networkKinds: readonly Kind[] = [
  {
    noun: "NAT gateway",
    pattern: /^ec2:natgateway\/(.+)$/,
    // EC2 shows a deleted one for an hour.
    look: async ({ id }, aws) =>
      presence((await aws.ec2()).describeNatGateways({ NatGatewayIds: [id] }), ({ NatGateways = [] }) =>
        NatGateways.some((one) => one.State !== "deleted" && one.State !== "deleting"),
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteNatGateway({ NatGatewayId: id }),
  },
  {
    noun: "elastic IP address",
    pattern: /^ec2:elastic-ip\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeAddresses({ AllocationIds: [id] }),
        ({ Addresses = [] }) => Addresses.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).releaseAddress({ AllocationId: id }),
  },
  {
    noun: "VPC endpoint",
    pattern: /^ec2:vpc-endpoint\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.ec2()).describeVpcEndpoints({ VpcEndpointIds: [id] }), ({ VpcEndpoints = [] }) =>
        VpcEndpoints.some(({ State = "" }) => !/^delet/i.test(State)),
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteVpcEndpoints({ VpcEndpointIds: [id] }),
  },
  {
    noun: "network interface",
    pattern: /^ec2:network-interface\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeNetworkInterfaces({ NetworkInterfaceIds: [id] }),
        ({ NetworkInterfaces = [] }) => NetworkInterfaces.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteNetworkInterface({ NetworkInterfaceId: id }),
  },
  {
    noun: "security group rule",
    pattern: /^ec2:security-group-rule\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeSecurityGroupRules({ SecurityGroupRuleIds: [id] }),
        ({ SecurityGroupRules = [] }) => SecurityGroupRules.length > 0,
      ),
    remove: ({ id }, aws) => revoke(id, aws),
  },
  {
    noun: "security group",
    pattern: /^ec2:security-group\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeSecurityGroups({ GroupIds: [id] }),
        ({ SecurityGroups = [] }) => SecurityGroups.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteSecurityGroup({ GroupId: id }),
  },
  {
    noun: "subnet",
    pattern: /^ec2:subnet\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeSubnets({ SubnetIds: [id] }),
        ({ Subnets = [] }) => Subnets.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteSubnet({ SubnetId: id }),
  },
  {
    noun: "route table",
    pattern: /^ec2:route-table\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeRouteTables({ RouteTableIds: [id] }),
        ({ RouteTables = [] }) => RouteTables.length > 0,
      ),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteRouteTable({ RouteTableId: id }),
  },
  {
    noun: "internet gateway",
    pattern: /^ec2:internet-gateway\/(.+)$/,
    look: async ({ id }, aws) =>
      presence(
        (await aws.ec2()).describeInternetGateways({ InternetGatewayIds: [id] }),
        ({ InternetGateways = [] }) => InternetGateways.length > 0,
      ),
    remove: ({ id }, aws) => removeGateway(id, aws),
  },
  {
    noun: "VPC",
    pattern: /^ec2:vpc\/(.+)$/,
    look: async ({ id }, aws) =>
      presence((await aws.ec2()).describeVpcs({ VpcIds: [id] }), ({ Vpcs = [] }) => Vpcs.length > 0),
    remove: async ({ id }, aws) => (await aws.ec2()).deleteVpc({ VpcId: id }),
  },
];

async function revoke(id: string, aws: AwsPort): Promise<void> {
  const ec2 = await aws.ec2();
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({ SecurityGroupRuleIds: [id] });
  for (const { GroupId, IsEgress } of SecurityGroupRules) {
    const rule = { GroupId, SecurityGroupRuleIds: [id] };
    await (IsEgress === true ? ec2.revokeSecurityGroupEgress(rule) : ec2.revokeSecurityGroupIngress(rule));
  }
}

async function removeGateway(InternetGatewayId: string, aws: AwsPort): Promise<void> {
  const ec2 = await aws.ec2();
  const { InternetGateways = [] } = await ec2.describeInternetGateways({
    InternetGatewayIds: [InternetGatewayId],
  });
  for (const { VpcId } of InternetGateways.flatMap((one) => one.Attachments ?? []))
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
  await ec2.deleteInternetGateway({ InternetGatewayId });
}
