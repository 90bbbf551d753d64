import { primaryOf, type Service } from "../services/service-record.ts";
import type { Sighting } from "./assess.ts";
import { mayLaunch } from "./failures.ts";

/** What brings a service nearer to its desired count on its primary deployment. */
export interface Rolling {
  /** How many tasks of the primary deployment to start. */
  readonly launch: number;
  /** Tasks that are no longer needed. */
  readonly stop: readonly Sighting[];
}

/**
 * The rolling update within its bounds: never more tasks than the maximum, never fewer healthy ones than the minimum.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html.
 */
export function roll(service: Service, sightings: readonly Sighting[], now: number): Rolling {
  const primary = primaryOf(service);
  const desired = service.status === "ACTIVE" ? service.desiredCount : 0;
  const alive = sightings.filter(({ condition }) => condition.kind !== "stopping");
  const current = alive.filter(({ task }) => task.startedBy === primary?.id);
  const former = alive.filter(({ task }) => task.startedBy !== primary?.id);

  const missing = Math.max(desired - current.length, 0);
  const room = Math.max(maximum(service, desired) - occupied(service, sightings), 0);
  const wanted = primary !== undefined && primary.rolloutState !== "FAILED" ? Math.min(missing, room) : 0;
  const launch = primary !== undefined && mayLaunch(primary, now) ? wanted : 0;

  const surplus = dispensableFirst(current).slice(0, Math.max(current.length - desired, 0));
  // Only where new tasks find no room may the service fall below its desired count.
  const floor = missing > room ? minimum(service, desired) : desired;
  const spare = Math.max(alive.filter(isHealthy).length - floor, 0);
  const outdated = former.filter(isHealthy).slice(0, spare);
  return { launch, stop: [...surplus, ...former.filter((one) => !isHealthy(one)), ...outdated] };
}

export function isHealthy({ condition }: Sighting): boolean {
  return condition.kind === "healthy";
}

function maximum({ deploymentConfiguration }: Service, desired: number): number {
  return Math.floor((desired * (deploymentConfiguration?.maximumPercent ?? 200)) / 100);
}

function minimum({ deploymentConfiguration }: Service, desired: number): number {
  return Math.ceil((desired * (deploymentConfiguration?.minimumHealthyPercent ?? 100)) / 100);
}

/** Without headroom (stop, then start) a stopping task still holds its place: two of a kind must not run at once. */
function occupied({ deploymentConfiguration }: Service, sightings: readonly Sighting[]): number {
  if ((deploymentConfiguration?.maximumPercent ?? 200) <= 100) return sightings.length;
  return sightings.filter(({ condition }) => condition.kind !== "stopping").length;
}

const worth = { unhealthy: 0, starting: 1, settling: 2, healthy: 3, stopping: 4 } as const;

/** The least useful first, among equals the newest. */
function dispensableFirst(sightings: readonly Sighting[]): readonly Sighting[] {
  return [...sightings].sort(
    (one, other) =>
      worth[one.condition.kind] - worth[other.condition.kind] || other.task.createdAt - one.task.createdAt,
  );
}
