import type { Attachment, Container, Tag, Task as TaskOutput } from "@aws-sdk/client-ecs";
import { type NetworkInterface, type Task, type TaskContainer, taskHealth } from "./task.ts";

/** A task as DescribeTasks answers it. See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html. */
export function renderTask(task: Task, tags: readonly Tag[] = []): TaskOutput {
  return {
    taskArn: task.arn,
    clusterArn: task.clusterArn,
    taskDefinitionArn: task.taskDefinitionArn,
    group: task.group,
    startedBy: task.startedBy,
    launchType: launchTypeOf(task),
    capacityProviderName: task.capacityProvider,
    platformVersion: "1.4.0",
    platformFamily: "Linux",
    availabilityZone: task.zone,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    healthStatus: taskHealth(task),
    connectivity: task.connectivityAt === undefined ? undefined : "CONNECTED",
    version: task.version,
    cpu: task.cpu,
    memory: task.memory,
    containers: task.containers.map((container) => renderContainer(task, container)),
    attachments: [renderAttachment(task.networkInterface)],
    overrides: task.overrides,
    enableExecuteCommand: task.enableExecuteCommand,
    ephemeralStorage: { sizeInGiB: 20 },
    tags: [...tags],
    stopCode: task.stop?.code,
    stoppedReason: task.stop?.reason,
    ...instantsOf(task),
  };
}

function launchTypeOf({ launchType, capacityProvider }: Task): "FARGATE" | "EC2" | "EXTERNAL" {
  if (capacityProvider !== undefined) return "FARGATE";
  return launchType === "EC2" || launchType === "EXTERNAL" ? launchType : "FARGATE";
}

const instants = [
  "createdAt",
  "connectivityAt",
  "pullStartedAt",
  "pullStoppedAt",
  "startedAt",
  "stoppingAt",
  "executionStoppedAt",
  "stoppedAt",
] as const;

function instantsOf(task: Task): Partial<Record<(typeof instants)[number], Date>> {
  return Object.fromEntries(
    instants.flatMap((name) => (task[name] === undefined ? [] : [[name, new Date(task[name])]])),
  );
}

function renderContainer(task: Task, container: TaskContainer): Container {
  const { attachmentId, address } = task.networkInterface;
  return {
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.name,
    image: container.image,
    imageDigest: container.imageDigest,
    runtimeId: container.runtimeId,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    healthStatus: container.health,
    networkBindings: [],
    networkInterfaces: address === undefined ? [] : [{ attachmentId, privateIpv4Address: address }],
    cpu: String(container.cpu),
    memory: container.memory?.toString(),
    memoryReservation: container.memoryReservation?.toString(),
  };
}

function renderAttachment({ attachmentId, status, ...network }: NetworkInterface): Attachment {
  const details = {
    subnetId: network.subnetId,
    networkInterfaceId: network.interfaceId,
    macAddress: network.macAddress,
    privateIPv4Address: network.address,
  };
  return {
    id: attachmentId,
    type: "ElasticNetworkInterface",
    status,
    details: Object.entries(details).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value }],
    ),
  };
}
