import { partAt, type Tree } from "../../../yaml/tree.ts";
import {
  type Becomes,
  each,
  inside,
  isTrue,
  type KeyTable,
  lost,
  mapped,
  noted,
  one,
  textOf,
  without,
  write,
} from "../treatment.ts";
import { own, setting, type Workload, type WorkloadKey } from "../workload.ts";

const volumeParts = [
  "path",
  "read_only",
  "efs",
  "efs.id",
  "efs.id.from_cfn",
  "efs.root_dir",
  "efs.uid",
  "efs.gid",
  "efs.auth",
  "efs.auth.iam",
  "efs.auth.access_point_id",
] as const;

/** A file system that Copilot makes becomes a volume; one that exists is not taken over; without one it is scratch. */
function volume({ name, value, context, place }: WorkloadKey): Becomes {
  const path = textOf(partAt(value, ["path"]));
  const efs = partAt(value, ["efs"]);
  if (path === undefined) return without("has no path");
  if (isAbsent(efs)) return noted(`${path} stays on the task's own disk, as it did`);
  if (isForeign(efs))
    return without("a file system that exists is not taken over; its files have to be copied");
  const source = `${context.name}-${name}`;
  const isReadOnly = textOf(partAt(value, ["read_only"])) !== "false";
  const mount: Tree = { kind: "scalar", value: `${source}:${path}${isReadOnly ? ":ro" : ""}`, place };
  const writes = [
    { path: own(context, "volumes"), value: { kind: "list", items: [mount], place } as const },
    { path: ["volumes", source], value: { kind: "section", entries: new Map(), place } as const },
    // Every task of a Copilot service mounts the same files.
    ...(isReadOnly ? [] : [write(setting(context, "shared"), true, place)]),
  ];
  const message =
    partAt(efs, ["uid"]) && "its files belong to whom the container runs as; `uid` and `gid` are not kept";
  return mapped(writes, message);
}

function isAbsent(efs: Tree | undefined): boolean {
  return efs === undefined || (efs.kind === "scalar" && (efs.value === false || efs.value === null));
}

function isForeign(efs: Tree | undefined): boolean {
  return partAt(efs, ["id"]) !== undefined || partAt(efs, ["root_dir"]) !== undefined;
}

const volumes = each(one<Workload>(volume, ...volumeParts));

/** https://aws.github.io/copilot-cli/docs/manifest/lb-web-service/#storage */
const keys: KeyTable<Workload> = {
  ephemeral: lost("a task has Fargate's 20 GiB of its own disk; keep more in a volume or a bucket"),
  readonly_fs: one(({ value, context }) =>
    isTrue(value)
      ? mapped([{ path: own(context, "read_only"), value }])
      : noted("the container may write to its own disk anyway"),
  ),
  volumes,
};

export const storage = inside(keys);
