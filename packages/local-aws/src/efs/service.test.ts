import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { EC2 } from "@aws-sdk/client-ec2";
import type {
  AccessPointDescription,
  DescribeFileSystemsCommandOutput,
  FileSystemDescription,
  MountTargetDescription,
} from "@aws-sdk/client-efs";
import { caller, doublePlatform } from "../../test/testing/double-platform.ts";
import { type OwnService, ServiceError } from "../service.ts";
import { createEfs } from "./service.ts";

let efs: OwnService;
let stored: string[];
let interfaces: string[];
let stores: Map<string, unknown>;

const ec2 = {
  describeSubnets: async ({ SubnetIds: [id = ""] = [] }: { SubnetIds?: string[] }) => {
    if (!id.startsWith("subnet-")) {
      throw Object.assign(new Error("no such subnet"), { name: "InvalidSubnetID.NotFound" });
    }
    const [, vpc, zone] = id.split("-");
    return {
      Subnets: [{ VpcId: vpc, AvailabilityZone: `eu-central-1${zone}`, AvailabilityZoneId: `z${zone}` }],
    };
  },
  createNetworkInterface: async ({
    SubnetId = "",
    Groups = [],
  }: {
    SubnetId?: string;
    Groups?: string[];
  }) => {
    if (Groups.includes("sg-none")) {
      throw Object.assign(new Error("no group sg-none"), { name: "InvalidGroup.NotFound" });
    }
    interfaces.push(`eni-${SubnetId}`);
    return {
      NetworkInterface: {
        NetworkInterfaceId: `eni-${SubnetId}`,
        PrivateIpAddress: "10.0.0.7",
        Groups: Groups.map((GroupId) => ({ GroupId })),
      },
    };
  },
  deleteNetworkInterface: async ({ NetworkInterfaceId }: { NetworkInterfaceId?: string }) => {
    interfaces = interfaces.filter((one) => one !== NetworkInterfaceId);
  },
  modifyNetworkInterfaceAttribute: async () => ({}),
};

async function open(): Promise<OwnService> {
  const storage = {
    create: async (id: string) => void stored.push(id),
    remove: async (id: string) => {
      stored = stored.filter((one) => one !== id);
    },
  };
  // The double has the calls that are made.
  return createEfs(await doublePlatform({ aws: { ec2: ec2 as unknown as EC2 }, stores }), storage);
}

beforeEach(async () => {
  [stored, interfaces, stores] = [[], [], new Map()];
  efs = await open();
});

const call = <T>(operation: string, input: unknown = {}) => caller(efs)<T>(operation, input);

async function fileSystem(token = "files"): Promise<string> {
  const Tags = [{ Key: "Name", Value: token }];
  const made = await call<FileSystemDescription>("CreateFileSystem", {
    CreationToken: token,
    Encrypted: true,
    Tags,
  });
  return made.FileSystemId ?? "";
}

test("a file system is there at once, encrypted with the account's own key, and outlives a restart", async () => {
  const id = await fileSystem();
  assert.deepEqual(stored, [id]);
  efs = await open();
  const { FileSystems = [] } = await call<DescribeFileSystemsCommandOutput>("DescribeFileSystems", {
    CreationToken: "files",
  });
  const [found] = FileSystems;
  assert.deepEqual(
    [
      found?.FileSystemId,
      found?.LifeCycleState,
      found?.Name,
      found?.ThroughputMode,
      found?.NumberOfMountTargets,
    ],
    [id, "available", "files", "bursting", 0],
  );
  assert.match(
    found?.KmsKeyId ?? "",
    /^arn:aws:kms:eu-central-1:000000000000:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-/,
  );
  assert.deepEqual(
    efs.tagged?.().map((one) => one.tags),
    [{ Name: "files" }],
  );
});

test("a mount target is a network interface, one for each zone, and keeps its file system", async () => {
  const FileSystemId = await fileSystem();
  const target = { FileSystemId, SubnetId: "subnet-vpc1-a", SecurityGroups: ["sg-1"] };
  const made = await call<MountTargetDescription>("CreateMountTarget", target);
  assert.deepEqual(
    [made.VpcId, made.AvailabilityZoneName, made.IpAddress, made.NetworkInterfaceId],
    ["vpc1", "eu-central-1a", "10.0.0.7", "eni-subnet-vpc1-a"],
  );
  await refusal("MountTargetConflict", call("CreateMountTarget", target));
  await refusal("MountTargetConflict", call("CreateMountTarget", { ...target, SubnetId: "subnet-vpc2-b" }));
  await refusal("FileSystemInUse", call("DeleteFileSystem", { FileSystemId }));
  const { MountTargetId } = made;
  assert.deepEqual(await call("DescribeMountTargetSecurityGroups", { MountTargetId }), {
    SecurityGroups: ["sg-1"],
  });
  await call("DeleteMountTarget", { MountTargetId });
  await call("DeleteFileSystem", { FileSystemId });
  assert.deepEqual([stored, interfaces], [[], []]);
  await refusal("MountTargetNotFound", call("DescribeMountTargets", { MountTargetId }));
  await refusal("FileSystemNotFound", call("DescribeFileSystems", { FileSystemId }));
});

test("an access point opens one folder and goes with its file system", async () => {
  const FileSystemId = await fileSystem();
  const RootDirectory = { Path: "/data", CreationInfo: { OwnerUid: 0, OwnerGid: 0, Permissions: "0777" } };
  const point = { FileSystemId, ClientToken: "one", RootDirectory };
  const made = await call<AccessPointDescription>("CreateAccessPoint", point);
  assert.deepEqual(made.RootDirectory, RootDirectory);
  await refusal("AccessPointAlreadyExists", call("CreateAccessPoint", point));
  await call("DeleteFileSystem", { FileSystemId });
  assert.deepEqual(await call("DescribeAccessPoints"), { AccessPoints: [], NextToken: undefined });
});

test("policies are kept as they were put, and say where there is none", async () => {
  const FileSystemId = await fileSystem();
  await refusal("PolicyNotFound", call("DescribeFileSystemPolicy", { FileSystemId }));
  await call("PutFileSystemPolicy", { FileSystemId, Policy: '{"Version":"2012-10-17"}' });
  assert.deepEqual(await call("DescribeFileSystemPolicy", { FileSystemId }), {
    FileSystemId,
    Policy: '{"Version":"2012-10-17"}',
  });
  await call("DeleteFileSystemPolicy", { FileSystemId });
  await refusal("PolicyNotFound", call("DescribeFileSystemPolicy", { FileSystemId }));
  await call("PutBackupPolicy", { FileSystemId, BackupPolicy: { Status: "ENABLED" } });
  assert.deepEqual(await call("DescribeBackupPolicy", { FileSystemId }), {
    BackupPolicy: { Status: "ENABLED" },
  });
});

test("tags are those of the file system or of the access point", async () => {
  const FileSystemId = await fileSystem();
  const { AccessPointId } = await call<AccessPointDescription>("CreateAccessPoint", {
    FileSystemId,
    ClientToken: "t",
  });
  await call("TagResource", { ResourceId: AccessPointId, Tags: [{ Key: "A", Value: "1" }] });
  await call("UntagResource", { ResourceId: FileSystemId, TagKeys: ["Name"] });
  assert.deepEqual(await call("ListTagsForResource", { ResourceId: AccessPointId }), {
    Tags: [{ Key: "A", Value: "1" }],
  });
  assert.deepEqual(await call("ListTagsForResource", { ResourceId: FileSystemId }), { Tags: [] });
});

const refused: readonly (readonly [code: string, operation: string, input: object])[] = [
  ["FileSystemAlreadyExists", "CreateFileSystem", { CreationToken: "files" }],
  ["BadRequest", "CreateFileSystem", { CreationToken: "b", KmsKeyId: "key" }],
  ["BadRequest", "CreateFileSystem", { CreationToken: "b", ThroughputMode: "provisioned" }],
  ["FileSystemNotFound", "CreateMountTarget", { FileSystemId: "fs-none", SubnetId: "subnet-vpc1-a" }],
  ["FileSystemNotFound", "CreateAccessPoint", { FileSystemId: "fs-none", ClientToken: "t" }],
  ["AccessPointNotFound", "DescribeAccessPoints", { AccessPointId: "fsap-none" }],
  ["BadRequest", "DescribeMountTargets", {}],
];
for (const [code, operation, input] of refused) {
  test(`${operation} ${JSON.stringify(input)} is refused: ${code}`, async () => {
    await fileSystem();
    await refusal(code, call(operation, input));
  });
}

test("what EC2 does not know is told in the words of EFS", async () => {
  const FileSystemId = await fileSystem();
  await refusal("SubnetNotFound", call("CreateMountTarget", { FileSystemId, SubnetId: "none" }));
  const groups = { FileSystemId, SubnetId: "subnet-vpc1-a", SecurityGroups: ["sg-none"] };
  await refusal("SecurityGroupNotFound", call("CreateMountTarget", groups));
  const paths = ["/a/b/c/d/e", "relative", "/a/../b"];
  for (const Path of paths) {
    await refusal(
      "BadRequest",
      call("CreateAccessPoint", { FileSystemId, ClientToken: "t", RootDirectory: { Path } }),
    );
  }
});

async function refusal(code: string, answer: Promise<unknown>): Promise<void> {
  await assert.rejects(answer, (error) => error instanceof ServiceError && error.code === code);
}
