import { Items, meant, type World } from "./world.ts";

export function efs({ all, named }: World) {
  const within = (type: string, id: string) =>
    all(type).filter((one) => meant(one.block.args["file_system_id"]) === id);
  return {
    describeFileSystems: ({ CreationToken }: { CreationToken: string }) => ({
      FileSystems: [named("aws_efs_file_system", CreationToken) ?? []]
        .flat()
        .map(({ id, tags }) => ({ FileSystemId: id, Tags: Items(tags), LifeCycleState: "available" })),
    }),
    describeAccessPoints: ({ FileSystemId }: { FileSystemId: string }) => ({
      AccessPoints: within("aws_efs_access_point", FileSystemId).map(({ id, tags, block }) => ({
        AccessPointId: id,
        Tags: Items(tags),
        RootDirectory: { Path: Reflect.get(Object(block.args["root_directory"]), "path") },
      })),
    }),
    describeMountTargets: ({ FileSystemId }: { FileSystemId: string }) => ({
      MountTargets: within("aws_efs_mount_target", FileSystemId).map(({ id, block }) => ({
        MountTargetId: id,
        SubnetId: meant(block.args["subnet_id"]),
      })),
    }),
  };
}
