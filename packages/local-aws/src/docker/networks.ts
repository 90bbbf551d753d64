import type { EC2 } from "@aws-sdk/client-ec2";
import type Dockerode from "dockerode";
import type { Networks, Settings } from "../platform.ts";
import { ServiceError } from "../service.ts";

/** One bridge per VPC, named `local-aws-<id>-<vpc>`. Docker chooses the addresses: VPCs may overlap, bridges may not. */
export function createNetworks(docker: Dockerode, ec2: EC2, label: Settings["label"]): Networks {
  const pending = new Map<string, Promise<string>>();
  const forVpc = (vpcId: string): Promise<string> => {
    const made =
      pending.get(vpcId) ?? ensureBridge(docker, label, vpcId).finally(() => pending.delete(vpcId));
    pending.set(vpcId, made);
    return made;
  };
  return {
    forVpc,
    forSubnet: async (subnetId) => forVpc(await vpcOfSubnet(ec2, subnetId)),
  };
}

async function ensureBridge(docker: Dockerode, label: Settings["label"], vpcId: string): Promise<string> {
  const name = `local-aws-${label.value}-${vpcId}`;
  const found = await docker.listNetworks({ filters: { name: [`^${name}$`] } });
  if (found.length > 0) return name;
  await docker.createNetwork({
    Name: name,
    Driver: "bridge",
    Labels: { [label.key]: label.value, "local-aws.vpc": vpcId },
  });
  return name;
}

async function vpcOfSubnet(ec2: EC2, subnetId: string): Promise<string> {
  const { Subnets } = await ec2.describeSubnets({ SubnetIds: [subnetId] });
  const vpcId = Subnets?.[0]?.VpcId;
  if (vpcId === undefined) {
    throw new ServiceError("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
  }
  return vpcId;
}
