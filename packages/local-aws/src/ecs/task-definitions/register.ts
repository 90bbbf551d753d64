import type {
  Compatibility,
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import { isFargateSize, parseCpu, parseMemory } from "./fargate-sizes.ts";
import type { TaskDefinition } from "./task-definition.ts";

export type DefinitionContent = Omit<
  TaskDefinition,
  "arn" | "revision" | "status" | "registeredAt" | "registeredBy"
>;

/** What a valid input registers, with ECS's defaults filled in. */
export function definitionContent(input: RegisterTaskDefinitionCommandInput): DefinitionContent {
  const cpu = input.cpu === undefined ? undefined : parseCpu(input.cpu);
  const memory = input.memory === undefined ? undefined : parseMemory(input.memory);
  return {
    family: input.family ?? "",
    containers: (input.containerDefinitions ?? []).map((one) => withDefaults(one, input.networkMode)),
    cpu: cpu?.toString(),
    memory: memory?.toString(),
    compatibilities: compatibilities(input, cpu, memory),
    taskRoleArn: input.taskRoleArn,
    executionRoleArn: input.executionRoleArn,
    networkMode: input.networkMode,
    volumes: (input.volumes ?? []).map((volume) =>
      volume.efsVolumeConfiguration || volume.configuredAtLaunch
        ? volume
        : { ...volume, host: volume.host ?? {} },
    ),
    placementConstraints: input.placementConstraints ?? [],
    requiresCompatibilities: input.requiresCompatibilities,
    pidMode: input.pidMode,
    ipcMode: input.ipcMode,
    proxyConfiguration: input.proxyConfiguration,
    ephemeralStorage: input.ephemeralStorage,
    runtimePlatform: input.runtimePlatform,
  };
}

function withDefaults(given: ContainerDefinition, networkMode: string | undefined): ContainerDefinition {
  return {
    ...given,
    cpu: given.cpu ?? 0,
    essential: given.essential ?? true,
    environment: given.environment ?? [],
    mountPoints: given.mountPoints ?? [],
    volumesFrom: given.volumesFrom ?? [],
    systemControls: given.systemControls ?? [],
    portMappings: (given.portMappings ?? []).map((mapping) => ({
      ...mapping,
      hostPort: networkMode === "awsvpc" ? mapping.containerPort : (mapping.hostPort ?? 0),
      protocol: mapping.protocol ?? "tcp",
    })),
    ...(given.healthCheck && { healthCheck: { interval: 30, timeout: 5, retries: 3, ...given.healthCheck } }),
  };
}

function compatibilities(
  { networkMode, requiresCompatibilities = [] }: RegisterTaskDefinitionCommandInput,
  cpu = 0,
  memory = 0,
): readonly Compatibility[] {
  const fits = networkMode === "awsvpc" && isFargateSize(cpu, memory);
  return fits || requiresCompatibilities.includes("FARGATE") ? ["EC2", "FARGATE"] : ["EC2"];
}
