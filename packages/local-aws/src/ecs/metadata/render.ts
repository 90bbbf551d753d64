import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { lastPart } from "../arns.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Task, TaskContainer } from "../tasks/task.ts";

/** See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html. */
export function containerMetadata(task: Task, container: TaskContainer, definition: TaskDefinition) {
  const { family, revision } = definition;
  const own = definition.containers.find(({ name }) => name === container.name);
  return {
    DockerId: container.runtimeId ?? "",
    Name: container.name,
    DockerName: container.name,
    Image: container.image,
    ImageID: container.imageDigest ?? "",
    Labels: {
      "com.amazonaws.ecs.cluster": task.clusterArn,
      "com.amazonaws.ecs.container-name": container.name,
      "com.amazonaws.ecs.task-arn": task.arn,
      "com.amazonaws.ecs.task-definition-family": family,
      "com.amazonaws.ecs.task-definition-version": String(revision),
    },
    DesiredStatus: task.desiredStatus,
    KnownStatus: container.lastStatus,
    ExitCode: container.exitCode,
    Limits: { CPU: container.cpu, Memory: container.memory },
    CreatedAt: new Date(task.createdAt).toISOString(),
    StartedAt: task.startedAt === undefined ? undefined : new Date(task.startedAt).toISOString(),
    Type: "NORMAL",
    Health: container.checked ? { status: container.health } : undefined,
    ContainerARN: container.arn,
    Networks: [networkOf(task)],
    ...logsOf(task, own),
  };
}

export function taskMetadata(task: Task, definition: TaskDefinition) {
  return {
    Cluster: task.clusterArn,
    TaskARN: task.arn,
    Family: definition.family,
    Revision: String(definition.revision),
    ServiceName: task.serviceArn === undefined ? undefined : lastPart(task.serviceArn),
    DesiredStatus: task.desiredStatus,
    KnownStatus: task.lastStatus,
    Limits: { CPU: Number(task.cpu ?? 0) / 1024, Memory: Number(task.memory ?? 0) },
    PullStartedAt: instant(task.pullStartedAt),
    PullStoppedAt: instant(task.pullStoppedAt),
    AvailabilityZone: task.zone,
    LaunchType: "FARGATE",
    Containers: task.containers.map((container) => containerMetadata(task, container, definition)),
  };
}

function networkOf({ networkInterface: { address = "", macAddress } }: Task) {
  return { NetworkMode: "awsvpc", IPv4Addresses: [address], AttachmentIndex: 0, MACAddress: macAddress };
}

function logsOf({ id }: Task, definition: ContainerDefinition | undefined) {
  const options = definition?.logConfiguration?.options;
  if (options === undefined) return {};
  const { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix } = options;
  return {
    LogDriver: "awslogs",
    LogOptions: {
      "awslogs-group": group,
      "awslogs-region": region,
      "awslogs-stream": `${prefix}/${definition?.name}/${id}`,
    },
  };
}

function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
