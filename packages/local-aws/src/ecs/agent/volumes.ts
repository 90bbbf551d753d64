import type { EFSVolumeConfiguration, Volume } from "@aws-sdk/client-ecs";
import type { AccessPointDescription } from "@aws-sdk/client-efs";
import { createFileSystems, fileSystemVolume } from "../../docker/file-systems.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Task } from "../tasks/task.ts";
import { absent } from "./images.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";
import { labelsOf, type World } from "./world.ts";

/** What stands behind a volume of a task definition: a volume of Docker, or a folder in one. */
export interface VolumeSource {
  readonly name: string;
  /** Relative. */
  readonly subpath?: string;
}

export type VolumeSources = ReadonlyMap<string, VolumeSource>;

/** Makes the task's ephemeral volumes and finds its file systems, by volume name. @throws StartFailure */
export async function openVolumes(
  world: World,
  task: Task,
  definition: TaskDefinition,
): Promise<VolumeSources> {
  const sources = new Map<string, VolumeSource>();
  for (const volume of definition.volumes ?? []) {
    sources.set(volume.name ?? "", await openVolume(world, task, volume));
  }
  return sources;
}

/** Ephemeral volumes go with their task; file systems stay. */
export async function removeVolumes(
  { platform: { docker } }: World,
  task: Task,
  { volumes = [] }: TaskDefinition,
) {
  for (const { name = "", efsVolumeConfiguration } of volumes) {
    if (efsVolumeConfiguration !== undefined) continue;
    await docker.removeVolume(ephemeral(task, name)).catch(absent);
  }
}

async function openVolume(world: World, task: Task, volume: Volume): Promise<VolumeSource> {
  const { name = "", efsVolumeConfiguration, fsxWindowsFileServerVolumeConfiguration: windows } = volume;
  if (windows !== undefined) {
    throw new StartFailure(`ResourceInitializationError: volumes of FSx are not implemented here (${name})`);
  }
  if (efsVolumeConfiguration !== undefined) return mountedFolder(world, task, efsVolumeConfiguration);
  const source = { name: ephemeral(task, name) };
  await world.platform.docker.createVolume({ Name: source.name, Labels: labelsOf(world, task) });
  return source;
}

function ephemeral({ id }: Task, volume: string): string {
  return `ecs-${id}-${volume}`;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-efs-config.html */
async function mountedFolder(
  world: World,
  task: Task,
  { fileSystemId = "", rootDirectory = "/", authorizationConfig }: EFSVolumeConfiguration,
): Promise<VolumeSource> {
  const { accessPointId } = authorizationConfig ?? {};
  const point =
    accessPointId === undefined ? undefined : await accessPoint(world, fileSystemId, accessPointId);
  await demandMountTarget(world, task, fileSystemId);
  const path = point?.RootDirectory?.Path ?? rootDirectory;
  await demandFolder(world, fileSystemId, path, point);
  const name = fileSystemVolume(world.platform.settings.label, fileSystemId);
  const subpath = path.replace(/^\//, "");
  return subpath === "" ? { name } : { name, subpath };
}

async function accessPoint({ platform: { aws } }: World, fileSystemId: string, id: string) {
  const { AccessPoints = [] } = await aws.efs
    .describeAccessPoints({ AccessPointId: id })
    .catch((error: unknown) => {
      throw failed(reasonOf(error));
    });
  const point = AccessPoints.find((one) => one.FileSystemId === fileSystemId);
  if (point === undefined) throw failed(`access point ${id} is not one of ${fileSystemId}`);
  return point;
}

/** The name of a file system resolves to the mount target of the task's own zone. */
async function demandMountTarget(
  { platform, store }: World,
  task: Task,
  fileSystemId: string,
): Promise<void> {
  const { MountTargets = [] } = await platform.aws.efs
    .describeMountTargets({ FileSystemId: fileSystemId })
    .catch((error: unknown) => {
      throw failed(reasonOf(error));
    });
  const zone = store.get().tasks[task.arn]?.zone;
  if (MountTargets.some((one) => one.AvailabilityZoneName === zone)) return;
  throw failed(`${fileSystemId} has no mount target in the zone ${zone} of the task`);
}

/** An access point's folder is made when a client first comes, as its creation info says; no other is. */
async function demandFolder(
  { platform, pauseImage }: World,
  fileSystemId: string,
  path: string,
  point: AccessPointDescription | undefined,
): Promise<void> {
  const systems = createFileSystems(platform);
  const image = await pauseImage();
  if (path === "/" || (await systems.hasFolder(fileSystemId, path, image))) return;
  const created = point?.RootDirectory?.CreationInfo;
  if (created === undefined) throw failed(`${path} does not exist in ${fileSystemId}`);
  const { OwnerUid: uid = 0, OwnerGid: gid = 0, Permissions = "755" } = created;
  await systems.makeFolder(fileSystemId, { path, uid, gid, mode: Number.parseInt(Permissions, 8) }, image);
}

function failed(reason: string): StartFailure {
  return new StartFailure(
    `ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: ${reason}`,
  );
}
