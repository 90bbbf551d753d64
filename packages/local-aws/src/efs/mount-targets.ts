import { randomBytes } from "node:crypto";
import type { NetworkInterface, Subnet } from "@aws-sdk/client-ec2";
import type { CreateMountTargetRequest, MountTargetDescription } from "@aws-sdk/client-efs";
import type { Call, Operation } from "../service.ts";
import { badRequest, conflict, groupLimit, groupNotFound, subnetNotFound } from "./errors.ts";
import { accessPointOf, fileSystemOf, mountTargetOf, mountTargetsOf } from "./find.ts";
import { page } from "./page.ts";
import type { Room } from "./room.ts";
import { type EfsState, type MountTarget, without } from "./state.ts";

interface Named {
  readonly MountTargetId: string;
}

interface DescribeInput extends Partial<Named> {
  readonly FileSystemId?: string;
  readonly AccessPointId?: string;
  readonly Marker?: string;
  readonly MaxItems?: number;
}

type CreateInput = CreateMountTargetRequest & { readonly FileSystemId: string; readonly SubnetId: string };

/** Where a network reaches a file system: one per zone, a network interface in its subnet, so that EC2 keeps subnet and groups. */
export function mountTargetOperations(room: Room): Readonly<Record<string, Operation>> {
  const { store, ec2 } = room;
  return {
    CreateMountTarget: async (input: CreateInput, call) => describe(await create(room, input), call),
    DescribeMountTargets: async (input: DescribeInput, call) => {
      const { items, next } = page(found(store.get(), input), { token: input.Marker, size: input.MaxItems });
      return {
        MountTargets: items.map((one) => describe(one, call)),
        Marker: input.Marker,
        NextMarker: next,
      };
    },
    DeleteMountTarget: async ({ MountTargetId }: Named) => {
      const { networkInterfaceId } = mountTargetOf(store.get(), MountTargetId);
      await ec2.deleteNetworkInterface({ NetworkInterfaceId: networkInterfaceId });
      await store.update((state) => ({ ...state, mountTargets: without(state.mountTargets, MountTargetId) }));
      return {};
    },
    DescribeMountTargetSecurityGroups: async ({ MountTargetId }: Named) => ({
      SecurityGroups: mountTargetOf(store.get(), MountTargetId).groups,
    }),
    ModifyMountTargetSecurityGroups: async ({
      MountTargetId,
      SecurityGroups = [],
    }: Named & { SecurityGroups?: readonly string[] }) => {
      const target = mountTargetOf(store.get(), MountTargetId);
      checkGroups(SecurityGroups);
      const NetworkInterfaceId = target.networkInterfaceId;
      await ec2
        .modifyNetworkInterfaceAttribute({ NetworkInterfaceId, Groups: [...SecurityGroups] })
        .catch(noSuchGroup);
      await store.update((state) => withTarget(state, { ...target, groups: SecurityGroups }));
      return {};
    },
  };
}

async function create(room: Room, input: CreateInput): Promise<MountTarget> {
  const { store } = room;
  const { id } = fileSystemOf(store.get(), input.FileSystemId);
  checkGroups(input.SecurityGroups ?? []);
  const subnet = await subnetOf(room, input.SubnetId);
  checkPlace(mountTargetsOf(store.get(), id), subnet);
  const target = `fsmt-${randomBytes(9).toString("hex").slice(0, 17)}`;
  const made = await attach(room, input, `EFS mount target for ${id} (${target})`);
  const record: MountTarget = {
    id: target,
    fileSystemId: id,
    subnetId: input.SubnetId,
    vpcId: subnet.VpcId ?? "",
    zone: subnet.AvailabilityZone ?? "",
    zoneId: subnet.AvailabilityZoneId ?? "",
    address: made.PrivateIpAddress ?? "",
    networkInterfaceId: made.NetworkInterfaceId ?? "",
    groups: (made.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
  };
  await store.update((state) => withTarget(state, record));
  return record;
}

async function attach({ ec2 }: Room, input: CreateInput, description: string): Promise<NetworkInterface> {
  const { SubnetId, SecurityGroups, IpAddress } = input;
  const { NetworkInterface: made } = await ec2
    .createNetworkInterface({
      SubnetId,
      Description: description,
      ...(SecurityGroups === undefined ? {} : { Groups: [...SecurityGroups] }),
      ...(IpAddress === undefined ? {} : { PrivateIpAddress: IpAddress }),
    })
    .catch(noSuchGroup);
  if (made === undefined) throw badRequest("EC2 made no network interface");
  return made;
}

function noSuchGroup(error: unknown): never {
  if (error instanceof Error && error.name.startsWith("InvalidGroup")) throw groupNotFound(error.message);
  throw error;
}

async function subnetOf({ ec2 }: Room, subnetId: string): Promise<Subnet> {
  const { Subnets = [] } = await ec2.describeSubnets({ SubnetIds: [subnetId] }).catch((error: unknown) => {
    if (error instanceof Error && error.name.startsWith("InvalidSubnet")) return { Subnets: [] };
    throw error;
  });
  const [subnet] = Subnets;
  if (subnet === undefined) throw subnetNotFound(subnetId);
  return subnet;
}

/** One for each zone, and all in one VPC: https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html. */
function checkPlace(others: readonly MountTarget[], subnet: Subnet): void {
  if (others.some((one) => one.vpcId !== subnet.VpcId)) {
    throw conflict(
      "MountTargetConflict",
      "requested subnet for new mount target is not in the same VPC as existing mount targets",
    );
  }
  if (others.some((one) => one.zone === subnet.AvailabilityZone)) {
    throw conflict("MountTargetConflict", "mount target already exists in this AZ");
  }
}

function checkGroups(groups: readonly string[]): void {
  if (groups.length > 5) throw groupLimit();
}

function withTarget(state: EfsState, target: MountTarget): EfsState {
  return { ...state, mountTargets: { ...state.mountTargets, [target.id]: target } };
}

/** Exactly one of the three ways to ask. */
function found(state: EfsState, input: DescribeInput): readonly MountTarget[] {
  const { FileSystemId, MountTargetId, AccessPointId } = input;
  if (MountTargetId !== undefined) return [mountTargetOf(state, MountTargetId)];
  if (AccessPointId !== undefined) {
    return mountTargetsOf(state, accessPointOf(state, AccessPointId).fileSystemId);
  }
  if (FileSystemId !== undefined) return mountTargetsOf(state, fileSystemOf(state, FileSystemId).id);
  throw badRequest("You must specify one of these: file system ID, mount target ID, access point ID.");
}

function describe(target: MountTarget, { accountId }: Call): MountTargetDescription {
  return {
    OwnerId: accountId,
    MountTargetId: target.id,
    FileSystemId: target.fileSystemId,
    SubnetId: target.subnetId,
    LifeCycleState: "available",
    IpAddress: target.address,
    NetworkInterfaceId: target.networkInterfaceId,
    AvailabilityZoneId: target.zoneId,
    AvailabilityZoneName: target.zone,
    VpcId: target.vpcId,
  };
}
