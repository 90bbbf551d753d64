import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { Ports } from "../../ports.ts";
import { type Find, type Sought, tagsOf, textOf, theOnly } from "./sought.ts";

/** Its name is unique within its network. */
export const securityGroup: Find = async (sought, ports) => {
  const vpcId = await sought.idOf("vpc_id");
  const name = textOf(sought, "name");
  if (vpcId === undefined || name === undefined) return undefined;
  const { SecurityGroups = [] } = await (await ports.aws.ec2()).describeSecurityGroups({
    Filters: [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "group-name", Values: [name] },
    ],
  });
  const found = SecurityGroups.map(({ GroupId: id = "", Tags }) => ({ id, tags: tagsOf(Tags) }));
  const group = theOnly(found, sought);
  if (group === undefined) return undefined;
  const openRule = (await rulesOf(group.id, ports)).find(isGivenByAws)?.SecurityGroupRuleId;
  return openRule === undefined ? group : { ...group, openRule };
};

/** Ours each have a description (https://docs.aws.amazon.com/vpc/latest/userguide/default-custom-security-groups.html). */
function isGivenByAws({ IsEgress, IpProtocol, CidrIpv4, Description = "" }: SecurityGroupRule): boolean {
  return IsEgress === true && IpProtocol === "-1" && CidrIpv4 === "0.0.0.0/0" && Description === "";
}

async function rulesOf(group: string, ports: Ports): Promise<readonly SecurityGroupRule[]> {
  const { SecurityGroupRules = [] } = await (await ports.aws.ec2()).describeSecurityGroupRules({
    Filters: [{ Name: "group-id", Values: [group] }],
  });
  return SecurityGroupRules;
}

export const ingressRule: Find = (sought, ports) => rule(false, sought, ports);

export const egressRule: Find = (sought, ports) => rule(true, sought, ports);

/** Part of its group; EC2 refuses a second one that says the same. */
async function rule(isEgress: boolean, sought: Sought, ports: Ports) {
  const group = await sought.idOf("security_group_id");
  if (group === undefined) return undefined;
  const rules = await rulesOf(group, ports);
  const other = await sought.idOf("referenced_security_group_id");
  const same = rules.filter((one) => one.IsEgress === isEgress && saysTheSame(one, sought, other));
  return theOnly(
    same.map(({ SecurityGroupRuleId: id = "" }) => ({ id })),
    sought,
  );
}

/** Where the other group cannot be known from here, the description tells the rules of a group apart. */
function saysTheSame(found: SecurityGroupRule, sought: Sought, otherGroup: string | undefined): boolean {
  const { args } = sought.block;
  const isOtherGroup =
    otherGroup === undefined
      ? found.Description === args["description"]
      : found.ReferencedGroupInfo?.GroupId === otherGroup;
  return (
    isOtherGroup &&
    found.IpProtocol === args["ip_protocol"] &&
    found.CidrIpv4 === (args["cidr_ipv4"] ?? undefined) &&
    portOf(found.FromPort) === portOf(args["from_port"]) &&
    portOf(found.ToPort) === portOf(args["to_port"])
  );
}

/** A rule for all protocols has no ports, which EC2 tells as -1. */
function portOf(port: unknown): number {
  return typeof port === "number" ? port : -1;
}
