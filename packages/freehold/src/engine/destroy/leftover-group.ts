import type { CollectionOutputs } from "../../aws/outputs.ts";
import { isErrorNamed } from "../error-name.ts";
import type { Ports } from "../ports.ts";

const groupName = "CloudFront-VPCOrigins-Service-SG";

/**
 * CloudFront leaves a security group in the VPC of its first VPC origin, and that group keeps the VPC from being removed. Runs
 * beside `removal`: once the origin is gone, removes the group; Terraform goes on trying to remove the VPC meanwhile.
 */
export async function withoutLeftoverGroup(
  outputs: CollectionOutputs,
  ports: Ports,
  removal: () => Promise<void>,
): Promise<void> {
  const watch = { isOver: false };
  const sweeping = sweep(outputs, watch, ports);
  try {
    await removal();
  } finally {
    watch.isOver = true;
    await sweeping;
  }
}

async function sweep(
  outputs: CollectionOutputs,
  watch: { readonly isOver: boolean },
  ports: Ports,
): Promise<void> {
  while (!watch.isOver) {
    // The removal tells what is wrong; this only helps it along, and tries again.
    if (await sweepOnce(outputs, ports).catch(() => false)) return;
    await ports.clock.sleep(2_000);
  }
}

async function sweepOnce(outputs: CollectionOutputs, ports: Ports): Promise<boolean> {
  return (await isOriginGone(outputs.vpc_origin_id, ports)) && (await removeGroup(outputs.vpc_id, ports));
}

async function isOriginGone(id: string, ports: Ports): Promise<boolean> {
  try {
    await (await ports.aws.cloudfront()).getVpcOrigin({ Id: id });
    return false;
  } catch (error) {
    return isErrorNamed(error, "EntityNotFound", "NoSuchResource");
  }
}

async function removeGroup(vpc: string, ports: Ports): Promise<boolean> {
  const ec2 = await ports.aws.ec2();
  const Filters = [
    { Name: "vpc-id", Values: [vpc] },
    { Name: "group-name", Values: [groupName] },
  ];
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ Filters });
  const [group] = SecurityGroups;
  if (group?.GroupId === undefined) return true;
  await ec2.deleteSecurityGroup({ GroupId: group.GroupId });
  return true;
}
