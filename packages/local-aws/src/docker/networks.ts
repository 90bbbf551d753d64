import type { EC2 } from "@aws-sdk/client-ec2";
import type { Engine } from "../docker-engine/engine.ts";
import type { Networks, Settings } from "../platform.ts";
import { ServiceError } from "../service.ts";
import { type AddressRange, isContainerAddress } from "./addresses.ts";

const vpcLabel = "local-aws.vpc";

/** One bridge per VPC, named `local-aws-<id>-<vpc>`. Docker chooses the addresses: VPCs may overlap, bridges may not. */
export function createNetworks(docker: Engine, ec2: EC2, label: Settings["label"]): Networks {
  const pending = new Map<string, Promise<string>>();
  const forVpc = (vpcId: string): Promise<string> => {
    const made =
      pending.get(vpcId) ?? ensureBridge(docker, label, vpcId).finally(() => pending.delete(vpcId));
    pending.set(vpcId, made);
    return made;
  };
  const ranges = keptFor(rangeMilliseconds, () => rangesOf(docker, label));
  return {
    forVpc,
    forSubnet: async (subnetId) => forVpc(await vpcOfSubnet(ec2, subnetId)),
    holds: async (address) => isContainerAddress(await ranges(), address),
  };
}

/** How long the addresses of the networks are kept: health checks and requests ask for them all the time. */
const rangeMilliseconds = 2000;

async function rangesOf(docker: Engine, label: Settings["label"]): Promise<readonly AddressRange[]> {
  const found = await docker.listNetworks({ label: [`${label.key}=${label.value}`] });
  return found.flatMap(({ IPAM }) =>
    (IPAM?.Config ?? []).flatMap(({ Subnet, Gateway }) =>
      Subnet === undefined ? [] : [{ subnet: Subnet, gateway: Gateway }],
    ),
  );
}

function keptFor<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: number; readonly value: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (kept === undefined || kept.until < now) kept = { until: now + milliseconds, value: read() };
    const { value } = kept;
    value.catch(() => {
      kept = undefined;
    });
    return value;
  };
}

async function ensureBridge(docker: Engine, label: Settings["label"], vpcId: string): Promise<string> {
  const name = `local-aws-${label.value}-${vpcId}`;
  const found = await docker.listNetworks({ name: [`^${name}$`] });
  if (found.length > 0) return name;
  await docker.createNetwork({
    Name: name,
    Driver: "bridge",
    Labels: { [label.key]: label.value, [vpcLabel]: vpcId },
  });
  return name;
}

/** Removes the bridges of VPCs that are no more. One that a container still holds stays until the next time. */
export async function removeForsaken(docker: Engine, ec2: EC2, label: Settings["label"]): Promise<void> {
  const filters = { label: [`${label.key}=${label.value}`, vpcLabel] };
  const bridges = await docker.listNetworks(filters);
  if (bridges.length === 0) return;
  const { Vpcs = [] } = await ec2.describeVpcs({});
  const known = new Set(Vpcs.map(({ VpcId }) => VpcId));
  const forsaken = bridges.filter(({ Labels }) => !known.has(Labels?.[vpcLabel] ?? ""));
  await Promise.all(forsaken.map(({ Id }) => docker.removeNetwork(Id)));
}

async function vpcOfSubnet(ec2: EC2, subnetId: string): Promise<string> {
  const { Subnets } = await ec2.describeSubnets({ SubnetIds: [subnetId] });
  const vpcId = Subnets?.[0]?.VpcId;
  if (vpcId === undefined) {
    throw new ServiceError("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
  }
  return vpcId;
}
