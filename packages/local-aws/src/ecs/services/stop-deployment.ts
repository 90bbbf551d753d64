import type { StopServiceDeploymentCommandInput } from "@aws-sdk/client-ecs";
import type { Arns } from "../arns.ts";
import { deploymentNotFound, noWayBack, unsupported } from "../errors.ts";
import { addEvents } from "../scheduler/events.ts";
import { rollBack } from "../scheduler/failures.ts";
import type { EcsState } from "../state.ts";
import { serviceDeploymentArn } from "./deployments.ts";
import type { DeploymentRecord, Service } from "./service-record.ts";

const reason = "Service deployment stopped by a user.";

/**
 * The service after its deployment was stopped: it goes back to the last one that completed. One that goes back already
 * continues to.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html.
 *
 * @throws ServiceDeploymentNotFoundException; ConflictException when it has ended, or none completed before it.
 */
export function stoppedDeployment(
  state: EcsState,
  arns: Arns,
  { serviceDeploymentArn: arn = "", stopType = "ROLLBACK" }: StopServiceDeploymentCommandInput,
  now: number,
): Service {
  if (stopType !== "ROLLBACK") throw unsupported(`the stop type ${stopType}`);
  const { service, record } = findDeployment(state, arns, arn);
  if (record.status === "ROLLBACK_IN_PROGRESS") return service;
  if (record.status !== "IN_PROGRESS") throw noWayBack(`The service deployment is ${record.status}.`);
  const back = rollBack(service, reason, "Service deployment rolled back by a user", now);
  if (back === undefined) throw noWayBack("There is no earlier service revision to roll back to.");
  return addEvents(back.service, back.messages, now);
}

function findDeployment(
  state: EcsState,
  arns: Arns,
  arn: string,
): { readonly service: Service; readonly record: DeploymentRecord } {
  for (const service of Object.values(state.services)) {
    const record = service.history.find((one) => serviceDeploymentArn(arns, service, one) === arn);
    if (record !== undefined) return { service, record };
  }
  throw deploymentNotFound();
}
