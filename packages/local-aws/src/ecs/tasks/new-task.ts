import { randomBytes, randomUUID } from "node:crypto";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { type Arns, lastPart } from "../arns.ts";
import { isEssential, type TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Task, TaskContainer } from "./task.ts";

/** What is given to a task as it stands. */
type Given = Pick<
  Task,
  | "clusterArn"
  | "group"
  | "network"
  | "serviceArn"
  | "startedBy"
  | "launchType"
  | "capacityProvider"
  | "connect"
  | "registries"
>;

/** What a task is made from. */
export interface TaskOrder extends Given {
  readonly definition: TaskDefinition;
  readonly overrides?: Task["overrides"] | undefined;
  readonly loadBalancers?: Task["loadBalancers"] | undefined;
  readonly enableExecuteCommand?: boolean | undefined;
}

/** A task in PROVISIONING, with ids of its own. */
export function newTask(order: TaskOrder, arns: Arns, at: number): Task {
  const { definition, clusterArn, network, overrides = {} } = order;
  const id = randomBytes(16).toString("hex");
  const cluster = lastPart(clusterArn);
  return {
    arn: arns.task(cluster, id),
    id,
    clusterArn,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    group: order.group,
    serviceArn: order.serviceArn,
    startedBy: order.startedBy,
    launchType: order.launchType,
    capacityProvider: order.capacityProvider,
    lastStatus: "PROVISIONING",
    desiredStatus: "RUNNING",
    version: 1,
    cpu: overrides.cpu ?? definition.cpu,
    memory: overrides.memory ?? definition.memory,
    containers: definition.containers.map((one) =>
      newContainer(one, arns.container(cluster, id, randomUUID())),
    ),
    overrides: { containerOverrides: definition.containers.map(({ name }) => ({ name })), ...overrides },
    network,
    networkInterface: {
      attachmentId: randomUUID(),
      interfaceId: `eni-${randomBytes(8).toString("hex").padEnd(17, "0")}`,
      subnetId: network.subnets?.[0] ?? "",
      status: "PRECREATED",
    },
    loadBalancers: order.loadBalancers ?? [],
    connect: order.connect,
    registries: order.registries,
    enableExecuteCommand: order.enableExecuteCommand ?? false,
    createdAt: at,
  };
}

function newContainer(definition: ContainerDefinition, arn: string): TaskContainer {
  return {
    name: definition.name ?? "",
    arn,
    image: definition.image ?? "",
    lastStatus: "PENDING",
    health: "UNKNOWN",
    checked: definition.healthCheck !== undefined,
    essential: isEssential(definition),
    cpu: definition.cpu ?? 0,
    memory: definition.memory,
    memoryReservation: definition.memoryReservation,
  };
}
