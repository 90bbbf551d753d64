import { lastPart } from "../arns.ts";
import { serviceNotActive, serviceNotFound } from "../errors.ts";
import type { EcsState } from "../state.ts";
import type { Service } from "./service-record.ts";

/** The service of a name or ARN in a cluster, in whatever status. */
export function findService(state: EcsState, clusterArn: string, reference: string): Service | undefined {
  const name = lastPart(reference);
  return Object.values(state.services).find((one) => one.clusterArn === clusterArn && one.name === name);
}

/** @throws ServiceNotFoundException, ServiceNotActiveException */
export function activeService(state: EcsState, clusterArn: string, reference: string): Service {
  const service = findService(state, clusterArn, reference);
  if (service === undefined) throw serviceNotFound();
  if (service.status !== "ACTIVE") throw serviceNotActive();
  return service;
}
