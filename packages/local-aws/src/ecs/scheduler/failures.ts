import { type Deployment, primaryOf, type Service } from "../services/service-record.ts";
import type { Task } from "../tasks/task.ts";
import { finishRecord } from "./history.ts";

/** A service after a decision, and what it has to say about it. */
export interface Outcome {
  readonly service: Service;
  readonly messages: readonly string[];
}

const longestDelay = 60_000;

/** After failures launches wait 1 s, 2 s, 4 s … at most a minute. */
export function mayLaunch({ streak, lastFailureAt = 0 }: Deployment, now: number): boolean {
  return streak === 0 || now >= lastFailureAt + Math.min(1000 * 2 ** (streak - 1), longestDelay);
}

/** Counts a task that failed against the deployment that started it. */
export function countFailure(service: Service, deploymentId: string | undefined, now: number): Service {
  return {
    ...service,
    deployments: service.deployments.map((one) =>
      one.id === deploymentId
        ? {
            ...one,
            failedTasks: one.rolloutState === "IN_PROGRESS" ? one.failedTasks + 1 : one.failedTasks,
            streak: one.streak + 1,
            lastFailureAt: now,
          }
        : one,
    ),
  };
}

/** Whether a stopped task counts as a failure: it ended by itself or never started. */
export function isFailure({ stop }: Task): boolean {
  return stop?.code === "EssentialContainerExited" || stop?.code === "TaskFailedToStart";
}

/** Half the desired count, but 3 at least and 200 at most. */
export function breakerThreshold(desiredCount: number): number {
  return Math.min(Math.max(Math.ceil(desiredCount / 2), 3), 200);
}

/**
 * The deployment circuit breaker, with rollback to the last deployment that completed.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html.
 */
export function breakCircuit(service: Service, now: number): Outcome {
  const primary = primaryOf(service);
  const breaker = service.deploymentConfiguration?.deploymentCircuitBreaker;
  if (primary === undefined || breaker?.enable !== true || !isTripped(primary, service)) {
    return { service, messages: [] };
  }
  const reason = "ECS deployment circuit breaker: tasks failed to start.";
  const said = `(deployment ${primary.id}) deployment failed: tasks failed to start.`;
  const back =
    breaker.rollback === true ? rollBack(service, reason, "ECS deployment circuit breaker", now) : undefined;
  if (back !== undefined) return { service: back.service, messages: [said, ...back.messages] };
  const stopped = finishRecord(service, primary.id, "STOPPED", reason, now);
  return { service: replace(stopped, [failedFor(primary, reason, now)]), messages: [said] };
}

/**
 * Back from the primary deployment to the last one that completed; undefined when there is none. Its tasks still run, so that
 * nothing new is started.
 *
 * @param reason why the primary one is given up.
 * @param by who goes back, for the deployment's words.
 */
export function rollBack(service: Service, reason: string, by: string, now: number): Outcome | undefined {
  const primary = primaryOf(service);
  const former = service.deployments.find(isRefuge);
  if (primary === undefined || former === undefined) return undefined;
  return {
    service: goBack(service, failedFor(primary, reason, now), former, by, now),
    messages: [`rolling back to deployment ${former.id}.`],
  };
}

/** A deployment that has a healthy task is forgiven its failures: the breaker counts those in a row. */
export function forgive(service: Service, deploymentId: string | undefined): Service {
  const isForgiven = ({ id, failedTasks }: Deployment) => id === deploymentId && failedTasks > 0;
  if (!service.deployments.some(isForgiven)) return service;
  const deployments = service.deployments.map((one) => (isForgiven(one) ? { ...one, failedTasks: 0 } : one));
  return { ...service, deployments };
}

function failedFor(deployment: Deployment, rolloutReason: string, updatedAt: number): Deployment {
  return { ...deployment, rolloutState: "FAILED", rolloutReason, updatedAt };
}

function isTripped({ rolloutState, rollback, failedTasks }: Deployment, { desiredCount }: Service): boolean {
  return rolloutState === "IN_PROGRESS" && rollback !== true && failedTasks >= breakerThreshold(desiredCount);
}

function isRefuge({ status, completed }: Deployment): boolean {
  return status === "ACTIVE" && completed;
}

function goBack(service: Service, failed: Deployment, former: Deployment, by: string, now: number): Service {
  const reason = `${by}: rolling back to deploymentId ${former.id}`;
  const back: Deployment = {
    ...former,
    status: "PRIMARY",
    rolloutState: "IN_PROGRESS",
    rolloutReason: reason,
    rollback: true,
    updatedAt: now,
  };
  const { launchType, capacityProviderStrategy, networkConfiguration, loadBalancers, platformVersion } =
    former;
  const recorded = finishRecord(service, failed.id, "ROLLBACK_IN_PROGRESS", failed.rolloutReason, undefined);
  return {
    ...replace(recorded, [back, { ...failed, status: "ACTIVE" }]),
    taskDefinition: former.taskDefinition,
    launchType,
    capacityProviderStrategy,
    networkConfiguration,
    loadBalancers,
    platformVersion,
  };
}

/** The service with these deployments in front, in place of those of the same id. */
function replace(service: Service, changed: readonly Deployment[]): Service {
  const ids = new Set(changed.map(({ id }) => id));
  return { ...service, deployments: [...changed, ...service.deployments.filter(({ id }) => !ids.has(id))] };
}
