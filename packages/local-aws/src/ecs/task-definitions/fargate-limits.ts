import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Volume } from "@aws-sdk/client-ecs";
import { clientError } from "../errors.ts";

/** What is refused, and the name that it goes by in the message. */
type Limit<T> = readonly [what: string, isRefused: (given: T) => boolean];

/**
 * What Fargate does not have. It holds for every task definition, whatever its `requiresCompatibilities` says: there are no
 * container instances here, and what such a task may do on its instance it would do on this machine.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html.
 */
const taskLimits: readonly Limit<RegisterTaskDefinitionCommandInput>[] = [
  ["ipcMode", ({ ipcMode }) => ipcMode !== undefined],
  ["pidMode 'host'", ({ pidMode }) => pidMode !== undefined && pidMode !== "task"],
  ["placementConstraints", ({ placementConstraints }) => isGiven(placementConstraints)],
  ["inferenceAccelerators", ({ inferenceAccelerators }) => isGiven(inferenceAccelerators)],
  ["network mode 'host'", ({ networkMode }) => networkMode === "host"],
];

const volumeLimits: readonly Limit<Volume>[] = [
  ["sourcePath for volumes", ({ host }) => host?.sourcePath !== undefined],
  ["dockerVolumeConfiguration", ({ dockerVolumeConfiguration }) => dockerVolumeConfiguration !== undefined],
  [
    "fsxWindowsFileServerVolumeConfiguration",
    ({ fsxWindowsFileServerVolumeConfiguration: windows }) => windows !== undefined,
  ],
];

const containerLimits: readonly Limit<ContainerDefinition>[] = [
  ["privileged", ({ privileged }) => privileged === true],
  ["disableNetworking", ({ disableNetworking }) => disableNetworking === true],
  ["dnsServers", ({ dnsServers }) => isGiven(dnsServers)],
  ["dnsSearchDomains", ({ dnsSearchDomains }) => isGiven(dnsSearchDomains)],
  ["dockerSecurityOptions", ({ dockerSecurityOptions }) => isGiven(dockerSecurityOptions)],
  ["extraHosts", ({ extraHosts }) => isGiven(extraHosts)],
  ["links", ({ links }) => isGiven(links)],
  ["resourceRequirements", ({ resourceRequirements }) => isGiven(resourceRequirements)],
  ["devices", ({ linuxParameters }) => isGiven(linuxParameters?.devices)],
  ["sharedMemorySize", ({ linuxParameters }) => linuxParameters?.sharedMemorySize !== undefined],
  ["maxSwap", ({ linuxParameters }) => linuxParameters?.maxSwap !== undefined],
  ["swappiness", ({ linuxParameters }) => linuxParameters?.swappiness !== undefined],
  [
    "adding capabilities other than SYS_PTRACE",
    ({ linuxParameters }) => (linuxParameters?.capabilities?.add ?? []).some((one) => one !== "SYS_PTRACE"),
  ],
  [
    "systemControls outside of the namespace 'net.*' with network mode 'awsvpc'",
    ({ systemControls = [] }) => systemControls.some(({ namespace = "" }) => !namespace.startsWith("net.")),
  ],
];

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html; the last four take a value. */
const tmpfsOptions =
  /^(?:defaults|ro|rw|(?:no)?(?:suid|dev|exec|atime|diratime|relatime|strictatime|iversion)|a?sync|(?:dir)?sync|remount|(?:no)?mand|r?bind|r?unbindable|r?private|r?shared|r?slave|(?:mode|uid|gid|nr_inodes|nr_blocks|mpol)(?:=[\w:-]+)?)$/;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
const ulimits: ReadonlySet<string> = new Set(
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(
    " ",
  ),
);

/** What would be read as something else than a name where it is handed on. */
const imageName = /^[A-Za-z0-9][\w.:/@-]{0,2047}$/;

/** Refuses what goes beyond Fargate. @throws ClientException */
export function checkFargateLimits(input: RegisterTaskDefinitionCommandInput): void {
  const containers = input.containerDefinitions ?? [];
  refuse(taskLimits, input, "");
  for (const volume of input.volumes ?? []) refuse(volumeLimits, volume, ` (volume '${volume.name}')`);
  for (const container of containers) {
    refuse(containerLimits, container, ` (container '${container.name}')`);
    checkMemoryFolders(container);
    checkUlimits(container);
    if (!imageName.test(container.image ?? ""))
      throw invalid(container, "'image' is not the name of an image.");
    for (const { sourceContainer } of container.volumesFrom ?? []) {
      if (!containers.some(({ name }) => name === sourceContainer)) {
        throw invalid(
          container,
          `'volumesFrom' names '${sourceContainer}', which is not in the task definition.`,
        );
      }
    }
  }
}

function refuse<T>(limits: readonly Limit<T>[], given: T, where: string): void {
  for (const [what, isRefused] of limits) {
    if (isRefused(given)) throw clientError(`Fargate does not support ${what}${where}.`);
  }
}

function checkMemoryFolders(container: ContainerDefinition): void {
  for (const { containerPath = "", size = 0, mountOptions = [] } of container.linuxParameters?.tmpfs ?? []) {
    if (!containerPath.startsWith("/") || size < 1) {
      throw invalid(container, "a tmpfs needs an absolute 'containerPath' and a 'size' of at least 1 MiB.");
    }
    const wrong = mountOptions.find((option) => !tmpfsOptions.test(option));
    if (wrong !== undefined) throw invalid(container, `'${wrong}' is not a mount option of a tmpfs.`);
  }
}

function checkUlimits(container: ContainerDefinition): void {
  for (const { name = "", softLimit = 0, hardLimit = 0 } of container.ulimits ?? []) {
    if (!ulimits.has(name)) throw invalid(container, `'${name}' is not a ulimit.`);
    if (hardLimit !== -1 && softLimit > hardLimit) {
      throw invalid(container, `the soft limit of '${name}' must not exceed the hard limit.`);
    }
  }
}

function invalid({ name }: ContainerDefinition, what: string): Error {
  return clientError(`Invalid setting for container '${name}': ${what}`);
}

function isGiven(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}
