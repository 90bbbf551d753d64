import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EFS } from "@aws-sdk/client-efs";
import { connectDocker } from "../src/docker/docker.ts";
import { definition, type EcsHouse, linesOf, openEcsHouse, runOnce } from "./ecs-house.ts";

let house: EcsHouse;
let efs: EFS;
before(async () => {
  house = await openEcsHouse();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  efs = new EFS({ endpoint: `http://127.0.0.1:${house.port}`, region: "us-east-1", credentials });
});
after(() => house?.close());

interface Files {
  readonly fileSystemId: string;
  readonly accessPointId: string;
}

async function makeFiles(token: string, subnets: readonly string[]): Promise<Files> {
  const { FileSystemId = "" } = await efs.createFileSystem({ CreationToken: token, Encrypted: true });
  for (const SubnetId of subnets) await efs.createMountTarget({ FileSystemId, SubnetId });
  const { AccessPointId = "" } = await efs.createAccessPoint({
    FileSystemId,
    ClientToken: token,
    RootDirectory: { Path: "/data/deep", CreationInfo: { OwnerUid: 33, OwnerGid: 44, Permissions: "0750" } },
  });
  return { fileSystemId: FileSystemId, accessPointId: AccessPointId };
}

function mounted({ fileSystemId, accessPointId }: Files) {
  const authorizationConfig = { accessPointId, iam: "ENABLED" as const };
  return [
    {
      name: "files",
      efsVolumeConfiguration: { fileSystemId, transitEncryption: "ENABLED" as const, authorizationConfig },
    },
  ];
}

function task(files: Files, script: string, readOnly = false) {
  const main = {
    image: "debian:bookworm-slim",
    command: ["sh", "-c", script],
    mountPoints: [{ sourceVolume: "files", containerPath: "/srv/files", readOnly }],
  };
  return definition(house, "files", main, { volumes: mounted(files) });
}

async function removeFiles({ fileSystemId }: Files): Promise<void> {
  const { MountTargets = [] } = await efs.describeMountTargets({ FileSystemId: fileSystemId });
  for (const { MountTargetId } of MountTargets) await efs.deleteMountTarget({ MountTargetId });
  await efs.deleteFileSystem({ FileSystemId: fileSystemId });
}

test("what a task writes is there for the next one, also after a stop, in the access point's own folder", async () => {
  const files = await makeFiles("kept", house.subnets);
  const written = await runOnce(
    house,
    task(files, "stat -c '%u %g %a' /srv/files; echo hello > /srv/files/a"),
  );
  assert.deepEqual(await linesOf(house, written), ["33 44 750"]);
  await house.restart();
  const read = await runOnce(
    house,
    task(files, "cat /srv/files/a; echo no > /srv/files/a || echo refused", true),
  );
  const lines = await linesOf(house, read);
  assert.ok(
    ["hello", "refused"].every((line) => lines.includes(line)),
    lines.join("\n"),
  );
  await removeFiles(files);
  assert.deepEqual(await volumesOf(files), []);
});

test("a task starts only where its zone has a mount target", async () => {
  const files = await makeFiles("unreachable", []);
  const { stoppedReason } = await runOnce(house, task(files, "true"));
  assert.match(stoppedReason ?? "", /^ResourceInitializationError: .*EFS.* no mount target/);
  await removeFiles(files);
});

async function volumesOf({ fileSystemId }: Files): Promise<readonly string[]> {
  const docker = await connectDocker(process.env, process.platform);
  const volumes = await docker.listVolumes({ name: [fileSystemId] });
  return volumes.map(({ Name }) => Name);
}
