import type { Deployment as DeploymentOutput, Service as ServiceOutput } from "@aws-sdk/client-ecs";
import type { EcsState } from "../state.ts";
import { isStarting, type Task } from "../tasks/task.ts";
import type { Deployment, Service } from "./service-record.ts";

/** A service as DescribeServices answers it. See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html. */
export function renderService(
  state: EcsState,
  service: Service,
  accountId: string,
  withTags: boolean,
): ServiceOutput {
  const tasks = Object.values(state.tasks).filter(({ serviceArn }) => serviceArn === service.arn);
  const { arn, name, createdAt, deployments, events, inactiveAt, history, steady, ...given } = service;
  const { serviceConnectConfiguration: _ofDeployments, ...rest } = given;
  return {
    ...rest,
    ...countsOf(tasks),
    serviceArn: arn,
    serviceName: name,
    schedulingStrategy: "REPLICA",
    platformFamily: "Linux",
    createdAt: new Date(createdAt),
    createdBy: `arn:aws:iam::${accountId}:root`,
    roleArn: service.loadBalancers?.length ? serviceRole(accountId) : undefined,
    taskSets: [],
    deployments: deployments.map((one) => renderDeployment(one, service, tasks)),
    events: events.map(({ id, at, message }) => ({ id, createdAt: new Date(at), message })),
    tags: withTags ? [...(state.tags[arn] ?? [])] : undefined,
  };
}

function renderDeployment(
  deployment: Deployment,
  { desiredCount }: Service,
  tasks: readonly Task[],
): DeploymentOutput {
  const own = tasks.filter(({ startedBy }) => startedBy === deployment.id);
  return {
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.taskDefinition,
    desiredCount: deployment.status === "PRIMARY" ? desiredCount : 0,
    ...countsOf(own),
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    launchType: deployment.launchType,
    capacityProviderStrategy: deployment.capacityProviderStrategy,
    platformVersion: "1.4.0",
    platformFamily: "Linux",
    networkConfiguration: deployment.networkConfiguration,
    serviceConnectConfiguration: deployment.serviceConnectConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutReason,
  };
}

function countsOf(tasks: readonly Task[]): { readonly runningCount: number; readonly pendingCount: number } {
  return {
    runningCount: tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
    pendingCount: tasks.filter(isStarting).length,
  };
}

function serviceRole(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;
}
