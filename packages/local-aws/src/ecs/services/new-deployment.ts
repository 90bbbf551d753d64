import { randomInt } from "node:crypto";
import { beginRecord } from "../scheduler/history.ts";
import type { Deployment, Revision, Service } from "./service-record.ts";

/** The service with a new primary deployment of its present revision; those before it become ACTIVE. */
export function beginDeployment(service: Service, now: number): Service {
  const id = `ecs-svc/${Array.from({ length: 19 }, (_, place) => (place === 0 ? randomInt(1, 10) : randomInt(10))).join("")}`;
  const primary: Deployment = {
    ...revisionOf(service),
    id,
    status: "PRIMARY",
    rolloutState: "IN_PROGRESS",
    rolloutReason: `ECS deployment ${id} in progress.`,
    createdAt: now,
    updatedAt: now,
    failedTasks: 0,
    streak: 0,
    completed: false,
  };
  const former = service.deployments.map((one): Deployment => ({ ...one, status: "ACTIVE" }));
  const begun = beginRecord(service, id, service.taskDefinition, now);
  return { ...begun, steady: false, deployments: [primary, ...former] };
}

export function revisionOf(from: Revision): Revision {
  return {
    taskDefinition: from.taskDefinition,
    launchType: from.launchType,
    capacityProviderStrategy: from.capacityProviderStrategy,
    networkConfiguration: from.networkConfiguration,
    loadBalancers: from.loadBalancers,
    platformVersion: from.platformVersion,
    serviceConnectConfiguration: from.serviceConnectConfiguration,
    serviceRegistries: from.serviceRegistries,
  };
}
