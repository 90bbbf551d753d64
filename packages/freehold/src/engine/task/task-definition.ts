import type {
  LinuxParameters,
  RegisterTaskDefinitionCommandInput,
  Tag,
  TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { ContainerTemplate, TaskTemplate } from "../../aws/outputs.ts";
import { isErrorNamed } from "../error-name.ts";
import { valueDigest } from "../input-digest.ts";
import type { Ports } from "../ports.ts";

/** The variable that tells a container which release last changed its service. */
const releaseVariable = "FREEHOLD_RELEASE";

/** On every revision the engine registers: the digest of what was asked for, so that asking again finds it. */
const digestTag = "freehold:digest";

/** A template and what a release puts into it. */
export interface TaskDefinitionRequest {
  readonly template: TaskTemplate;
  /** The container that gets the image and the variable of the release. */
  readonly container: string;
  /** `<repository>@sha256:…`. */
  readonly image: string;
  /** That of the container which writes secrets into files, where there is one. */
  readonly writer?: string;
  /** Left out for tasks that belong to no release. */
  readonly release?: string;
}

/**
 * The input of RegisterTaskDefinition
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html).
 */
export function taskDefinitionInput(request: TaskDefinitionRequest): RegisterTaskDefinitionCommandInput {
  const { template } = request;
  const containerDefinitions = template.containerDefinitions.map((one) => containerInput(one, request));
  const input = {
    ...template,
    requiresCompatibilities: [...template.requiresCompatibilities],
    containerDefinitions,
    volumes: template.volumes && [...template.volumes],
  };
  const tags: Tag[] = [...template.tags, { key: digestTag, value: valueDigest(input) }];
  return { ...input, tags };
}

function containerInput(
  one: ContainerTemplate,
  { container, image, writer, release }: TaskDefinitionRequest,
) {
  const { healthCheck, ...rest } = one;
  const isMain = one.name === container;
  const variables = [...one.environment];
  if (isMain && release !== undefined) variables.push({ name: releaseVariable, value: release });
  return {
    ...rest,
    ...(healthCheck && { healthCheck: { ...healthCheck, command: [...healthCheck.command] } }),
    image: isMain ? image : writer,
    dependsOn: one.dependsOn && [...one.dependsOn],
    entryPoint: one.entryPoint && [...one.entryPoint],
    command: one.command && [...one.command],
    linuxParameters: one.linuxParameters && linuxInput(one.linuxParameters),
    ulimits: one.ulimits && [...one.ulimits],
    portMappings: [...one.portMappings],
    mountPoints: one.mountPoints && [...one.mountPoints],
    environment: variables,
    secrets: [...one.secrets],
  };
}

function linuxInput({
  capabilities,
  tmpfs,
  ...written
}: NonNullable<ContainerTemplate["linuxParameters"]>): LinuxParameters {
  const { add, drop } = capabilities ?? {};
  return {
    ...written,
    capabilities: capabilities && { add: add && [...add], drop: drop && [...drop] },
    tmpfs: tmpfs?.map((folder) => ({ ...folder, mountOptions: [...folder.mountOptions] })),
  };
}

/**
 * ARN of a revision that is exactly this. The newest of the family is taken when it was registered for the same input, so a
 * release that was killed and run again leaves no second one.
 */
export async function registerTaskDefinition(request: TaskDefinitionRequest, ports: Ports): Promise<string> {
  const input = taskDefinitionInput(request);
  const ecs = await ports.aws.ecs();
  const newest = await newestRevision(request.template.family, ports);
  if (newest !== undefined && newest.digest === tagValue(input.tags, digestTag)) return newest.arn;
  const { taskDefinition } = await ecs.registerTaskDefinition(input);
  return taskDefinition?.taskDefinitionArn ?? "";
}

async function newestRevision(
  family: string,
  ports: Ports,
): Promise<{ readonly arn: string; readonly digest: string | undefined } | undefined> {
  const ecs = await ports.aws.ecs();
  try {
    const answer = await ecs.describeTaskDefinition({ taskDefinition: family, include: ["TAGS"] });
    const arn = answer.taskDefinition?.taskDefinitionArn;
    return arn === undefined ? undefined : { arn, digest: tagValue(answer.tags, digestTag) };
  } catch (error) {
    if (isErrorNamed(error, "ClientException")) return undefined;
    throw error;
  }
}

function tagValue(tags: readonly Tag[] | undefined, key: string): string | undefined {
  return tags?.find((tag) => tag.key === key)?.value;
}

/** A registered revision, as far as one-off tasks and services need it. */
export interface Revision {
  readonly arn: string;
  readonly isActive: boolean;
  /** MiB of the whole task. */
  readonly memory?: number;
  readonly containers: readonly RevisionContainer[];
}

export interface RevisionContainer {
  readonly name: string;
  readonly port?: number;
  /** Where its output goes: CloudWatch Logs group, and the prefix of the stream `<prefix>/<container>/<task id>`. */
  readonly logs?: { readonly group: string; readonly prefix: string };
}

/** Its memory alone, where it says so. */
export function memoryOf({ memory }: Revision): { readonly memory?: number } {
  return memory === undefined ? {} : { memory };
}

/** Errors: ECS's ClientException when there is no such revision. */
export async function describeRevision(arn: string, ports: Ports): Promise<Revision> {
  const ecs = await ports.aws.ecs();
  const { taskDefinition = {} } = await ecs.describeTaskDefinition({ taskDefinition: arn });
  return revisionOf(arn, taskDefinition);
}

export function revisionOf(arn: string, definition: TaskDefinition): Revision {
  const containers = (definition.containerDefinitions ?? []).map((one) => {
    const port = one.portMappings?.[0]?.containerPort;
    const group = one.logConfiguration?.options?.["awslogs-group"];
    const prefix = one.logConfiguration?.options?.["awslogs-stream-prefix"];
    return {
      name: one.name ?? "",
      ...(port === undefined ? {} : { port }),
      ...(group === undefined || prefix === undefined ? {} : { logs: { group, prefix } }),
    };
  });
  const memory = definition.memory === undefined ? {} : { memory: Number(definition.memory) };
  return { arn, isActive: definition.status === "ACTIVE", ...memory, containers };
}
