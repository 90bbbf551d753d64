import type { LifeCycleState } from "@aws-sdk/client-efs";
import { type Existing, type Find, tagsOf, textOf, theOnly, unlessAbsent } from "./sought.ts";

/** The token it was made with is unique within the account and region. */
export const fileSystem: Find = async (sought, ports) => {
  const CreationToken = textOf(sought, "creation_token") ?? "";
  const { FileSystems = [] } = await (await ports.aws.efs()).describeFileSystems({ CreationToken });
  const [found] = FileSystems;
  if (found?.FileSystemId === undefined) return undefined;
  return { id: found.FileSystemId, tags: tagsOf(found.Tags), ...pendingIn(found.LifeCycleState) };
};

/** Its folder tells it from the others of its file system. */
export const accessPoint: Find = async (sought, ports) => {
  const FileSystemId = await sought.idOf("file_system_id");
  if (FileSystemId === undefined) return undefined;
  const asked = (await ports.aws.efs()).describeAccessPoints({ FileSystemId });
  const { AccessPoints = [] } = (await unlessAbsent(asked, "FileSystemNotFound")) ?? {};
  const path = folderOf(sought.block.args["root_directory"]);
  const same = AccessPoints.filter((one) => one.RootDirectory?.Path === path);
  const found = same.map(
    ({ AccessPointId: id = "", Tags, LifeCycleState: state }): Existing => ({
      id,
      tags: tagsOf(Tags),
      ...pendingIn(state),
    }),
  );
  return theOnly(found, sought);
};

function folderOf(rootDirectory: unknown): unknown {
  return Reflect.get(Object(rootDirectory), "path");
}

/** Part of its file system; there is one in each zone at most. */
export const mountTarget: Find = async (sought, ports) => {
  const FileSystemId = await sought.idOf("file_system_id");
  const subnet = await sought.idOf("subnet_id");
  if (FileSystemId === undefined || subnet === undefined) return undefined;
  const asked = (await ports.aws.efs()).describeMountTargets({ FileSystemId });
  const { MountTargets = [] } = (await unlessAbsent(asked, "FileSystemNotFound")) ?? {};
  const found = MountTargets.find((one) => one.SubnetId === subnet);
  if (found?.MountTargetId === undefined) return undefined;
  return { id: found.MountTargetId, ...pendingIn(found.LifeCycleState) };
};

function pendingIn(state: LifeCycleState | undefined): Pick<Existing, "pending"> {
  return state === "creating" ? { pending: state } : {};
}
