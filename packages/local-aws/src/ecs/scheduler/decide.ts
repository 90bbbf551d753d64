import type { Service } from "../services/service-record.ts";
import type { Stop } from "../tasks/task.ts";
import type { Sighting } from "./assess.ts";
import { complete } from "./complete.ts";
import { breakCircuit, countFailure, forgive, type Outcome } from "./failures.ts";
import { dismissible, isHealthy, roll } from "./rolling.ts";

export interface TaskStop {
  readonly taskArn: string;
  readonly stop: Stop;
}

/** What is to be done about a service now. */
export interface Decision extends Outcome {
  /** Tasks of the primary deployment to start. */
  readonly launch: number;
  readonly stops: readonly TaskStop[];
}

/**
 * The service scheduler as a function: a service, its tasks that have not stopped, the instant → what to do.
 * Unhealthy tasks go first, as they may trip the circuit breaker, which decides what is rolled out.
 */
export function decide(service: Service, sightings: readonly Sighting[], now: number): Decision {
  if (service.status === "DRAINING") return drain(service, sightings, now);
  const judged = dismissUnhealthy(service, sightings, now);
  const broken = breakCircuit(judged.service, now);
  const dismissed = new Set(judged.stops.map(({ taskArn }) => taskArn));
  const left = sightings.map((one) => (dismissed.has(one.task.arn) ? asStopping(one) : one));
  const { launch, stop } = roll(broken.service, left, now);
  const arrived = complete(broken.service, sightings, now);
  return {
    service: arrived.service,
    messages: [...judged.messages, ...broken.messages, ...arrived.messages],
    launch,
    stops: [...judged.stops, ...stop.map((one) => scaledIn(one, broken.service))],
  };
}

function dismissUnhealthy(service: Service, sightings: readonly Sighting[], now: number) {
  const unhealthy = dismissible(service, sightings).flatMap(({ task, condition }) =>
    condition.kind === "unhealthy" ? [{ task, condition }] : [],
  );
  const counted = unhealthy.reduce((left, { task }) => countFailure(left, task.startedBy, now), service);
  const proven = sightings.filter(isHealthy).map(({ task }) => task.startedBy);
  return {
    service: proven.reduce(forgive, counted),
    messages: unhealthy.map(({ condition }) => condition.event),
    stops: unhealthy.map(({ task, condition }) => ({
      taskArn: task.arn,
      stop: { code: "ServiceSchedulerInitiated" as const, reason: condition.reason },
    })),
  };
}

/** A dismissed task holds its place until it has stopped. */
function asStopping(sighting: Sighting): Sighting {
  return { ...sighting, condition: { kind: "stopping" } };
}

function drain(service: Service, sightings: readonly Sighting[], now: number): Decision {
  const gone: Service =
    sightings.length === 0 ? { ...service, status: "INACTIVE", inactiveAt: now, deployments: [] } : service;
  const { stop } = roll(service, sightings, now);
  return { service: gone, messages: [], launch: 0, stops: stop.map((one) => scaledIn(one, service)) };
}

/** `Scaling activity initiated by (deployment …)`, in ECS's words. */
function scaledIn({ task }: Sighting, { deployments }: Service): TaskStop {
  const initiator = deployments[0]?.id ?? task.startedBy;
  return {
    taskArn: task.arn,
    stop: {
      code: "ServiceSchedulerInitiated",
      reason: `Scaling activity initiated by (deployment ${initiator})`,
    },
  };
}
