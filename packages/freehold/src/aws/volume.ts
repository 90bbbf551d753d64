import type { ContainerService, Volume } from "../app/application.ts";
import type { Mount } from "../app/mount.ts";
import { terraformName } from "../app/names.ts";
import { type Block, ref, resource } from "../terraform/block.ts";
import type { Expressed, Ref } from "../terraform/expression.ts";
import { nameOf } from "./names.ts";
import type { EnvironmentOutputs, MountPoint, VolumeTemplate } from "./outputs.ts";
import { policyDocument, type Statement } from "./policy.ts";
import { type EnvironmentScope, guardOf, serviceTags, within } from "./scope.ts";
import { closedGroup, type SecurityGroup } from "./security-group.ts";

/** A file system, and the doors to its folders. */
export interface VolumeFacility {
  readonly name: string;
  readonly blocks: readonly Block[];
  readonly arn: Ref;
  readonly id: Ref;
  /** By folder that a container mounts; empty for the whole. */
  readonly points: ReadonlyMap<string, Point>;
  readonly server: { readonly group: SecurityGroup; readonly port: number };
  readonly outputs: Expressed<EnvironmentOutputs["volumes"][string]>;
}

interface Point {
  readonly block: Block;
  readonly id: Ref;
  readonly arn: Ref;
}

const port = 2049;

const client = {
  mount: "elasticfilesystem:ClientMount",
  write: "elasticfilesystem:ClientWrite",
  root: "elasticfilesystem:ClientRootAccess",
} as const;

/**
 * A file system of its own for each volume: it is guarded, backed up and removed with it alone. A volume may bear a service's
 * name, so that all that is named after it says what it is.
 */
export function volume(scope: EnvironmentScope, wanted: Volume): VolumeFacility {
  const { name } = wanted;
  const group = closedGroup(scope, name, "volume");
  const main = fileSystem(scope, wanted);
  const id = ref(main, "id");
  const points = pointsOf(scope, name, id);
  return {
    name,
    blocks: [
      ...group.blocks,
      main,
      ...mountTargets(scope, name, id, group.id),
      resource("aws_efs_file_system_policy", terraformName(`${name}/volume`), {
        file_system_id: id,
        policy: policyDocument([overTlsOnly(ref(main, "arn"))]),
      }),
      resource("aws_efs_backup_policy", terraformName(`${name}/volume`), {
        file_system_id: id,
        backup_policy: { status: wanted.backups ? "ENABLED" : "DISABLED" },
      }),
      ...[...points.values()].map((point) => point.block),
    ],
    arn: ref(main, "arn"),
    id,
    points,
    server: { group, port },
    outputs: { id, arn: ref(main, "arn") },
  };
}

function fileSystem(scope: EnvironmentScope, { name, throughput }: Volume) {
  return resource(
    "aws_efs_file_system",
    terraformName(`${name}/volume`),
    {
      // It is what AWS knows the file system by: the same makes no second one.
      creation_token: nameOf("fileSystem", within(scope, name), "volume"),
      encrypted: true,
      throughput_mode: throughput,
      tags: { ...serviceTags(name), Name: nameOf("fileSystem", within(scope, name), "volume") },
    },
    { lifecycle: guardOf(scope) },
  );
}

/** One in each zone, which is what a task there reaches; the order of the zones is kept for life. */
function mountTargets(scope: EnvironmentScope, name: string, file_system_id: Ref, group: Ref) {
  return scope.facts.collection.data_subnet_ids.map((subnet_id, index) =>
    resource("aws_efs_mount_target", terraformName(`${name}/zone/${index + 1}`), {
      file_system_id,
      subnet_id,
      security_groups: [group],
    }),
  );
}

/**
 * A door to each folder that is mounted. It imposes no user: images that begin as root and change owners could not start
 * (https://github.com/kubernetes-sigs/aws-efs-csi-driver/issues/300), and the others act as the user they run as. Whoever that
 * is may write to the folder, as to a volume at home; the role says which services come in.
 */
function pointsOf(scope: EnvironmentScope, name: string, file_system_id: Ref): ReadonlyMap<string, Point> {
  const folders = mountsIn(scope, name).map((mount) => mount.subpath ?? "");
  return new Map(
    [...new Set(["", ...folders])].sort().map((folder) => {
      const block = resource("aws_efs_access_point", terraformName(`${name}/volume/${folder}`), {
        file_system_id,
        root_directory: {
          path: folder === "" ? "/data" : `/data/${folder}`,
          creation_info: { owner_uid: 0, owner_gid: 0, permissions: "0777" },
        },
        tags: { ...serviceTags(name), Name: nameOf("fileSystem", within(scope, name), `volume/${folder}`) },
      });
      return [folder, { block, id: ref(block, "id"), arn: ref(block, "arn") }] as const;
    }),
  );
}

function mountsIn({ environment }: EnvironmentScope, volume: string): readonly Mount[] {
  return environment.services.flatMap((service) =>
    service.type === "site" ? [] : service.mounts.filter((mount) => mount.volume === volume),
  );
}

/** Who may come in is said by the roles of the services. */
function overTlsOnly(fileSystem: Ref): Statement {
  return {
    effect: "Deny",
    principal: { AWS: "*" },
    actions: Object.values(client),
    resources: [fileSystem],
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** What the role of a service may do with the volumes it mounts: come in by its own doors, and write where it does. */
export function volumeStatements(
  service: ContainerService,
  volumes: readonly VolumeFacility[],
): readonly Statement[] {
  return mountsWith(service, volumes).map(({ mount, volume, point }) => ({
    actions: [
      client.mount,
      ...(mount.readOnly ? [] : [client.write]),
      ...(isRoot(service) ? [client.root] : []),
    ],
    resources: [volume.arn],
    conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": point.arn } },
  }));
}

/** The image says who runs where the file does not, and most begin as root. */
function isRoot({ user }: ContainerService): boolean {
  return user === undefined || !/^[1-9]\d*(:|$)/.test(user);
}

/** Parts of a task definition and of its container. */
export interface TaskVolumes {
  readonly volumes: readonly Expressed<VolumeTemplate>[];
  readonly mountPoints: readonly Expressed<MountPoint>[];
}

/** The volumes of a task definition and where its container has them; nothing where it mounts none. */
export function taskVolumes(service: ContainerService, volumes: readonly VolumeFacility[]): TaskVolumes {
  const mounts = mountsWith(service, volumes);
  const bySource = [...new Map(mounts.map((one) => [one.source, one])).values()];
  return {
    volumes: bySource.map(taskVolume),
    mountPoints: mounts.map(({ mount, source }) => ({
      sourceVolume: source,
      containerPath: mount.path,
      readOnly: mount.readOnly,
    })),
  };
}

/** With an access point, EFS asks for TLS and roles alike. */
function taskVolume({ source, volume, point }: Mounted) {
  return {
    name: source,
    efsVolumeConfiguration: {
      fileSystemId: volume.id,
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId: point.id, iam: "ENABLED" },
    },
  } as const;
}

interface Mounted {
  readonly mount: Mount;
  readonly volume: VolumeFacility;
  readonly point: Point;
  /** What a task definition calls it. */
  readonly source: string;
}

function mountsWith({ mounts }: ContainerService, volumes: readonly VolumeFacility[]): readonly Mounted[] {
  return mounts.flatMap((mount) => {
    const volume = volumes.find((one) => one.name === mount.volume);
    const point = volume?.points.get(mount.subpath ?? "");
    const source = terraformName(`${mount.volume}/${mount.subpath ?? ""}`);
    return volume === undefined || point === undefined ? [] : [{ mount, volume, point, source }];
  });
}
