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
 * The rolling update within its bounds: never more tasks than the maximum, never fewer healthy ones than the minimum. A task
 * that has become unhealthy serves until another has taken its place.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html.
 */
export function roll(service: Service, sightings: readonly Sighting[], now: number): Rolling {
  const primary = primaryOf(service);
  const { desired, current, former, missing, room } = stockOf(service, sightings);
  const wanted = primary !== undefined && primary.rolloutState !== "FAILED" ? Math.min(missing, room) : 0;
  const launch = primary !== undefined && mayLaunch(primary, now) ? wanted : 0;

  const useful = desired === 0 ? current : current.filter(isUseful);
  const surplus = dispensableFirst(useful).slice(0, Math.max(useful.length - desired, 0));
  // Only where new tasks find no room may the service fall below its desired count.
  const floor = missing > room ? minimum(service, desired) : desired;
  const [serving, unready] = partition(former, hasServed);
  const kept = Math.max(floor - current.filter(isHealthy).length, 0);
  const outdated = dispensableFirst(serving).slice(0, Math.max(serving.length - kept, 0));
  return { launch, stop: [...surplus, ...unready, ...outdated] };
}

/**
 * Unhealthy tasks of the primary deployment to stop now: those that have been replaced, and those that must make room for their
 * replacement. The others wait for it.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html.
 */
export function dismissible(service: Service, sightings: readonly Sighting[]): readonly Sighting[] {
  const { desired, current, missing, room } = stockOf(service, sightings);
  const unhealthy = current.filter((one) => !isUseful(one));
  const isReplaced = current.filter(isHealthy).length >= desired;
  return isReplaced ? unhealthy : unhealthy.slice(0, Math.max(missing - room, 0));
}

/** What a service has of tasks that are not stopping, and what it lacks. */
function stockOf(service: Service, sightings: readonly Sighting[]) {
  const primary = primaryOf(service);
  const desired = service.status === "ACTIVE" ? service.desiredCount : 0;
  const alive = sightings.filter(({ condition }) => condition.kind !== "stopping");
  const [current, former] = partition(alive, ({ task }) => task.startedBy === primary?.id);
  const missing = Math.max(desired - current.filter(isUseful).length, 0);
  const room = Math.max(maximum(service, desired) - occupied(service, sightings), 0);
  return { desired, current, former, missing, room };
}

function partition<T>(
  list: readonly T[],
  isFirst: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))];
}

function isUseful({ condition }: Sighting): boolean {
  return condition.kind !== "unhealthy";
}

/** A load balancer whose targets are all unhealthy sends them requests nevertheless. */
function hasServed({ condition }: Sighting): boolean {
  return condition.kind === "healthy" || condition.kind === "unhealthy";
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
