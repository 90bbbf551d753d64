import { dirname } from "node:path/posix";
import type { ContainerDefinition, ContainerOverride, MountPoint, Tmpfs } from "@aws-sdk/client-ecs";
import type { ContainerCreation, Mount } from "../../docker-engine/containers.ts";
import type { Task } from "../tasks/task.ts";
import { authoritiesPath } from "./environment.ts";
import { noNewPrivileges } from "./sandbox.ts";
import type { VolumeSources } from "./volumes.ts";

export interface ContainerParts {
  readonly task: Task;
  readonly definition: ContainerDefinition;
  readonly override?: ContainerOverride | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Docker's id of the container that holds the network namespace. */
  readonly pauseId: string;
  /** Docker's name of the volume with the certificate authorities. */
  readonly authorities: string;
  readonly volumes: VolumeSources;
  /** Processors of this machine: Docker refuses more. */
  readonly processors: number;
}

const mebibyte = 1024 * 1024;
const second = 1_000_000_000;

/** A container definition as Docker takes it: https://docs.docker.com/reference/api/engine/. */
export function containerOptions(parts: ContainerParts): ContainerCreation {
  const { task, definition, override, environment, labels } = parts;
  const command = override?.command ?? definition.command;
  return {
    name: `ecs-${task.family}-${task.id}-${definition.name}`,
    Image: definition.image ?? "",
    Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    Labels: {
      ...definition.dockerLabels,
      ...labels,
      "com.amazonaws.ecs.container-name": definition.name ?? "",
    },
    ...(command && { Cmd: [...command] }),
    ...(definition.entryPoint && { Entrypoint: [...definition.entryPoint] }),
    ...(definition.workingDirectory && { WorkingDir: definition.workingDirectory }),
    ...(definition.user && { User: definition.user }),
    ...(definition.healthCheck && { Healthcheck: healthcheck(definition.healthCheck) }),
    ...(definition.interactive && { OpenStdin: true }),
    HostConfig: hostConfig(parts),
  };
}

function hostConfig(parts: ContainerParts) {
  const { task, definition, override, pauseId, authorities, processors, volumes } = parts;
  const memory = override?.memory ?? definition.memory ?? Number(task.memory ?? 0);
  const reservation = override?.memoryReservation ?? definition.memoryReservation;
  const linux = definition.linuxParameters;
  return {
    NetworkMode: `container:${pauseId}`,
    NanoCpus: Math.min(Number(task.cpu ?? 0) / 1024, processors) * second,
    CpuShares: Math.max(override?.cpu ?? definition.cpu ?? 0, 2),
    Memory: memory * mebibyte,
    // No swap, as on Fargate: what needs more memory is ended.
    MemorySwap: memory * mebibyte,
    ...(reservation !== undefined && reservation <= memory && { MemoryReservation: reservation * mebibyte }),
    ReadonlyRootfs: definition.readonlyRootFilesystem ?? false,
    ...(linux?.initProcessEnabled && { Init: true }),
    SecurityOpt: [noNewPrivileges],
    CapAdd: [...(linux?.capabilities?.add ?? [])],
    CapDrop: [...(linux?.capabilities?.drop ?? [])],
    Tmpfs: Object.fromEntries((linux?.tmpfs ?? []).map(inMemory)),
    Ulimits: (definition.ulimits ?? []).map(({ name, softLimit, hardLimit }) => ({
      Name: name ?? "",
      Soft: softLimit ?? 0,
      Hard: hardLimit ?? 0,
    })),
    Mounts: [
      // A volume: no container has a mount of a folder of this machine.
      { Type: "volume" as const, Source: authorities, Target: dirname(authoritiesPath), ReadOnly: true },
      ...(definition.mountPoints ?? []).map((point) => mount(volumes, point)),
    ],
    VolumesFrom: (definition.volumesFrom ?? []).map(
      ({ sourceContainer, readOnly }) =>
        `ecs-${task.family}-${task.id}-${sourceContainer}${readOnly ? ":ro" : ""}`,
    ),
    // Container output is read from here while it grows; this bounds what stays behind.
    LogConfig: { Type: "json-file", Config: { "max-size": "50m", "max-file": "2" } },
  };
}

/** Docker's default options (`noexec` among them) hold unless others are given. */
function inMemory({ containerPath = "", size = 0, mountOptions = [] }: Tmpfs): readonly [string, string] {
  return [containerPath, [`size=${size}m`, ...mountOptions].join(",")];
}

function mount(
  volumes: VolumeSources,
  { sourceVolume = "", containerPath = "", readOnly }: MountPoint,
): Mount {
  const { name, subpath } = volumes.get(sourceVolume) ?? { name: sourceVolume };
  return {
    Type: "volume",
    Source: name,
    Target: containerPath,
    ReadOnly: readOnly ?? false,
    // A file system does not take over what the image holds at the path.
    ...(subpath !== undefined && { VolumeOptions: { NoCopy: true, Subpath: subpath } }),
  };
}

/** Durations are seconds at ECS, nanoseconds at Docker. */
function healthcheck(check: NonNullable<ContainerDefinition["healthCheck"]>) {
  return {
    Test: [...(check.command ?? [])],
    Interval: (check.interval ?? 30) * second,
    Timeout: (check.timeout ?? 5) * second,
    Retries: check.retries ?? 3,
    StartPeriod: (check.startPeriod ?? 0) * second,
  };
}
