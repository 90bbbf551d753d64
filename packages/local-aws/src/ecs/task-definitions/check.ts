import type { ContainerDefinition, RegisterTaskDefinitionCommandInput, Volume } from "@aws-sdk/client-ecs";
import { clientError } from "../errors.ts";
import { checkFargateLimits } from "./fargate-limits.ts";
import { isFargateSize, parseCpu, parseMemory } from "./fargate-sizes.ts";
import { isEssential } from "./task-definition.ts";

/**
 * Refuses what RegisterTaskDefinition refuses.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html.
 * @throws ClientException
 */
export function checkDefinition(input: RegisterTaskDefinitionCommandInput): void {
  const containers = input.containerDefinitions ?? [];
  if (!/^[\w-]{1,255}$/.test(input.family ?? "")) {
    throw clientError(
      "Family should be a valid string of up to 255 letters, numbers, hyphens and underscores.",
    );
  }
  if (containers.length === 0) throw clientError("Container list cannot be empty.");
  for (const container of containers) checkContainer(container, containers, input);
  if (!containers.some(isEssential)) {
    throw clientError("At least one container in the task definition must be essential.");
  }
  if (hasCycle(containers)) throw clientError("Task definition has a cyclic container dependency.");
  for (const volume of input.volumes ?? []) checkFileSystem(volume);
  checkFargateLimits(input);
  if (input.requiresCompatibilities?.includes("FARGATE")) checkFargate(input, containers);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html */
function checkFileSystem({ efsVolumeConfiguration }: Volume): void {
  const { authorizationConfig, rootDirectory = "/", transitEncryption } = efsVolumeConfiguration ?? {};
  if (authorizationConfig === undefined) return;
  if (transitEncryption !== "ENABLED") {
    throw clientError("When EFS authorization is used, transit encryption must be ENABLED.");
  }
  if (authorizationConfig.accessPointId !== undefined && rootDirectory !== "/") {
    throw clientError("When an EFS access point is used, the root directory must be omitted or '/'.");
  }
}

function checkContainer(
  { name = "", image = "", portMappings = [], dependsOn = [], mountPoints = [] }: ContainerDefinition,
  all: readonly ContainerDefinition[],
  { volumes = [], networkMode }: RegisterTaskDefinitionCommandInput,
): void {
  if (!/^[\w-]{1,255}$/.test(name)) throw clientError("Container.name contains invalid characters.");
  if (all.filter((one) => one.name === name).length > 1) {
    throw clientError(`Container names must be unique; ${name} is not.`);
  }
  if (image === "") throw clientError("Container.image should not be null or empty.");
  for (const { containerPort, hostPort } of portMappings) {
    if (networkMode === "awsvpc" && hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort) {
      throw clientError(
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
      );
    }
  }
  for (const { containerName } of dependsOn) {
    if (!all.some((one) => one.name === containerName)) {
      throw clientError(
        `Container '${name}' depends on '${containerName}' which is not in the task definition.`,
      );
    }
  }
  for (const { sourceVolume } of mountPoints) {
    if (!volumes.some((volume) => volume.name === sourceVolume)) {
      throw clientError(`Unknown volume '${sourceVolume}'.`);
    }
  }
}

function checkFargate(
  input: RegisterTaskDefinitionCommandInput,
  containers: readonly ContainerDefinition[],
): void {
  if (input.networkMode !== "awsvpc") {
    throw clientError("Fargate only supports network mode 'awsvpc'.");
  }
  if (input.cpu === undefined || input.memory === undefined) {
    throw clientError("Fargate requires that 'cpu' and 'memory' be defined at the task level.");
  }
  const [cpu, memory] = [parseCpu(input.cpu), parseMemory(input.memory)];
  if (!isFargateSize(cpu, memory)) {
    throw clientError(`No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`);
  }
  for (const container of containers) checkFargateContainer(container, input, memory);
}

function checkFargateContainer(
  { name, memory, logConfiguration, secrets, stopTimeout = 30 }: ContainerDefinition,
  { executionRoleArn }: RegisterTaskDefinitionCommandInput,
  taskMemory: number,
): void {
  if (memory !== undefined && memory > taskMemory) {
    throw clientError(`Invalid setting for container '${name}'. 'memory' must not exceed the task's memory.`);
  }
  if (stopTimeout > 120)
    throw clientError("Stop timeout value must be between 0 and 120 seconds for Fargate.");
  if (executionRoleArn === undefined && logConfiguration?.logDriver === "awslogs") {
    throw clientError(
      "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    );
  }
  if (executionRoleArn === undefined && secrets?.length) {
    throw clientError(
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    );
  }
  if (
    logConfiguration?.logDriver === "awslogs" &&
    logConfiguration.options?.["awslogs-group"] === undefined
  ) {
    throw clientError("Log driver awslogs requires options: awslogs-group");
  }
}

/** Whether a container waits for itself by way of others. */
function hasCycle(containers: readonly ContainerDefinition[]): boolean {
  let waiting = [...containers];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const held = waiting.filter(({ dependsOn = [] }) =>
      dependsOn.some((one) => names.has(one.containerName)),
    );
    if (held.length === waiting.length) return true;
    waiting = held;
  }
  return false;
}
