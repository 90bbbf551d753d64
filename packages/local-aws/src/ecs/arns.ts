import type { Settings } from "../platform.ts";

/** ARNs of ECS in this account and region, in the long format. */
export interface Arns {
  cluster(name: string): string;
  capacityProvider(name: string): string;
  taskDefinition(family: string, revision: number): string;
  service(cluster: string, name: string): string;
  task(cluster: string, id: string): string;
  container(cluster: string, taskId: string, id: string): string;
  serviceDeployment(cluster: string, service: string, id: string): string;
  serviceRevision(cluster: string, service: string, id: string): string;
}

/** See https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html. */
export function arnsOf({ region, accountId }: Pick<Settings, "region" | "accountId">): Arns {
  const arn = (kind: string, ...path: readonly string[]): string =>
    `arn:aws:ecs:${region}:${accountId}:${[kind, ...path].join("/")}`;
  return {
    cluster: (name) => arn("cluster", name),
    capacityProvider: (name) => arn("capacity-provider", name),
    taskDefinition: (family, revision) => arn("task-definition", `${family}:${revision}`),
    service: (cluster, name) => arn("service", cluster, name),
    task: (cluster, id) => arn("task", cluster, id),
    container: (cluster, taskId, id) => arn("container", cluster, taskId, id),
    serviceDeployment: (cluster, service, id) => arn("service-deployment", cluster, service, id),
    serviceRevision: (cluster, service, id) => arn("service-revision", cluster, service, id),
  };
}

/** What stands after the last slash: a cluster's name, a task's id, `family:revision`. A plain name is itself. */
export function lastPart(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf("/") + 1);
}
