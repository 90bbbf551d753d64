import { type Deployment, primaryOf, type Service } from "../services/service-record.ts";
import type { Sighting } from "./assess.ts";
import type { Outcome } from "./failures.ts";
import { completeRecords } from "./history.ts";
import { isHealthy } from "./rolling.ts";

/**
 * Completes the primary deployment once it alone has tasks and as many healthy ones as desired, and says when the
 * service is in a steady state.
 */
export function complete(service: Service, sightings: readonly Sighting[], now: number): Outcome {
  const primary = primaryOf(service);
  if (primary === undefined || !hasArrived(service, primary, sightings, now)) {
    return { service: service.steady ? { ...service, steady: false } : service, messages: [] };
  }
  const fresh = primary.rolloutState === "IN_PROGRESS";
  const arrived = fresh || service.deployments.length > 1 || primary.streak > 0;
  const messages = [
    ...(fresh ? [`(deployment ${primary.id}) deployment completed.`] : []),
    ...(service.steady ? [] : ["has reached a steady state."]),
  ];
  if (!arrived) return { service: service.steady ? service : { ...service, steady: true }, messages };
  const settled = { ...service, deployments: [completed(primary, now)], steady: true };
  return { service: fresh ? completeRecords(settled, now) : settled, messages };
}

/** How long a failed deployment stays to be seen, for those who look every few seconds. */
const shownMilliseconds = 5000;

function hasArrived(
  service: Service,
  primary: Deployment,
  sightings: readonly Sighting[],
  now: number,
): boolean {
  const current = sightings.filter(({ task }) => task.startedBy === primary.id);
  return (
    primary.rolloutState !== "FAILED" &&
    service.deployments.every(
      (one) => one.rolloutState !== "FAILED" || now - one.updatedAt >= shownMilliseconds,
    ) &&
    current.length === sightings.length &&
    current.length === service.desiredCount &&
    current.every(isHealthy)
  );
}

function completed(primary: Deployment, now: number): Deployment {
  const { rollback: _over, ...rest } = primary;
  if (primary.rolloutState === "COMPLETED") return { ...rest, streak: 0 };
  return {
    ...rest,
    rolloutState: "COMPLETED",
    rolloutReason: `ECS deployment ${primary.id} completed.`,
    completed: true,
    streak: 0,
    updatedAt: now,
  };
}
