import { notFound } from "./errors.ts";
import type { AccessPoint, EfsState, FileSystem, MountTarget } from "./state.ts";

/** Ids are given as such or as the ARN that ends with them. */
function idOf(idOrArn: string): string {
  return idOrArn.split("/").at(-1) ?? "";
}

/** @throws ServiceError FileSystemNotFound */
export function fileSystemOf({ fileSystems }: EfsState, id: string): FileSystem {
  const found = fileSystems[idOf(id)];
  if (found === undefined) throw notFound("FileSystemNotFound", `File system '${id}' does not exist.`);
  return found;
}

/** @throws ServiceError MountTargetNotFound */
export function mountTargetOf({ mountTargets }: EfsState, id: string): MountTarget {
  const found = mountTargets[id];
  if (found === undefined) throw notFound("MountTargetNotFound", `Mount target '${id}' does not exist.`);
  return found;
}

/** @throws ServiceError AccessPointNotFound */
export function accessPointOf({ accessPoints }: EfsState, id: string): AccessPoint {
  const found = accessPoints[idOf(id)];
  if (found === undefined) throw notFound("AccessPointNotFound", `Access point ${id} does not exist.`);
  return found;
}

export function mountTargetsOf({ mountTargets }: EfsState, fileSystemId: string): readonly MountTarget[] {
  return Object.values(mountTargets).filter((one) => one.fileSystemId === fileSystemId);
}

export function accessPointsOf({ accessPoints }: EfsState, fileSystemId: string): readonly AccessPoint[] {
  return Object.values(accessPoints).filter((one) => one.fileSystemId === fileSystemId);
}
