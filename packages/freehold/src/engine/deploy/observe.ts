import type { Deployment, Service, Task } from "@aws-sdk/client-ecs";
import type { Ports } from "../ports.ts";
import { stoppedTask } from "../task/stopped-task.ts";
import type { DeploymentState, Rollout } from "./rollout.ts";

/** An ECS service and where it stands. */
export interface ServicePlace {
  readonly cluster: string;
  /** Name of the ECS service. */
  readonly service: string;
  readonly targetGroup?: string;
}

/** Errors: AWS's own; undefined when there is no such service, or it is being deleted. */
export async function describeService(
  { cluster, service }: ServicePlace,
  ports: Ports,
): Promise<Service | undefined> {
  const ecs = await ports.aws.ecs();
  const { services = [] } = await ecs.describeServices({ cluster, services: [service] });
  return services.find((one) => one.status === "ACTIVE");
}

/** Sees how a service rolls. */
export async function observeRollout(place: ServicePlace, ports: Ports): Promise<Rollout> {
  const service = await describeService(place, ports);
  const now = ports.clock.now();
  const unplaced = unplacedSince(service, now);
  const running = place.targetGroup === undefined ? [] : await tasksOf(place, "RUNNING", ports);
  const targets = await targetsOf(place, running, ports);
  return {
    deployments: (service?.deployments ?? []).map(deploymentState),
    stopped: (await tasksOf(place, "STOPPED", ports)).map(stoppedTask),
    targets,
    overdue: overdueTasks(running, targets, service?.healthCheckGracePeriodSeconds ?? 0, now),
    ...(unplaced === undefined ? {} : { unplaced }),
  };
}

/**
 * Since when ECS says that it finds no place for tasks of the newest deployment. What fails for another reason stops a task.
 * See https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html.
 */
function unplacedSince(service: Service | undefined, now: Date): Rollout["unplaced"] {
  const began = new Date(
    Math.max(0, ...(service?.deployments ?? []).map((one) => Number(one.createdAt ?? 0))),
  );
  const first = (service?.events ?? []).findLast(
    ({ createdAt = began, message = "" }) =>
      createdAt >= began &&
      /unable to place a task.{0,1000}(capacity|container instance|RESOURCE:)/i.test(message),
  );
  if (first?.message === undefined) return undefined;
  const seconds = (now.getTime() - (first.createdAt ?? began).getTime()) / 1000;
  return { reason: first.message.replace(/^\(service [^)]*\) /, ""), seconds };
}

export function deploymentState(deployment: Deployment): DeploymentState {
  return {
    id: deployment.id ?? "",
    status: deployment.status ?? "",
    taskDefinition: deployment.taskDefinition ?? "",
    desired: deployment.desiredCount ?? 0,
    running: deployment.runningCount ?? 0,
    rollout: deployment.rolloutState ?? "",
    ...(deployment.rolloutStateReason === undefined ? {} : { rolloutReason: deployment.rolloutStateReason }),
  };
}

/** Tasks of a service, oldest first. Those that are stopped, or told to stop, say why; ECS keeps them for an hour. */
export async function tasksOf(
  { cluster, service }: ServicePlace,
  desiredStatus: "RUNNING" | "STOPPED",
  ports: Ports,
): Promise<readonly Task[]> {
  const ecs = await ports.aws.ecs();
  const { taskArns = [] } = await ecs.listTasks({ cluster, serviceName: service, desiredStatus });
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: taskArns.slice(0, 100) });
  return tasks
    .filter((task) => desiredStatus === "RUNNING" || task.stopCode !== undefined)
    .sort((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
}

/** Tasks that fail their checks after the grace period. ECS replaces such a task too, but not before it has another for it. */
function overdueTasks(
  running: readonly Task[],
  targets: Rollout["targets"],
  graceSeconds: number,
  now: Date,
): Rollout["overdue"] {
  return running.flatMap(({ taskArn = "", startedBy = "", startedAt = now }) => {
    const isUnhealthy = targets.some((one) => one.taskArn === taskArn && one.state === "unhealthy");
    const isDue = now.getTime() - startedAt.getTime() >= graceSeconds * 1000;
    return isUnhealthy && isDue ? [{ arn: taskArn, startedBy }] : [];
  });
}

/** Health of what stands behind the load balancer, targets that are being drained (`draining`) included. */
export async function targetsOf(
  { targetGroup }: ServicePlace,
  running: readonly Task[],
  ports: Ports,
): Promise<Rollout["targets"]> {
  if (targetGroup === undefined) return [];
  const balancing = await ports.aws.loadBalancing();
  const { TargetHealthDescriptions = [] } = await balancing.describeTargetHealth({
    TargetGroupArn: targetGroup,
  });
  return TargetHealthDescriptions.map(({ Target, TargetHealth }) => {
    const taskArn = running.find((task) => addressOf(task) === Target?.Id)?.taskArn;
    return {
      state: TargetHealth?.State ?? "unknown",
      ...(TargetHealth?.Description === undefined ? {} : { reason: TargetHealth.Description }),
      ...(taskArn === undefined ? {} : { taskArn }),
    };
  });
}

/** A task's private address: tasks are registered by it. */
function addressOf({ attachments = [] }: Task): string | undefined {
  const details = attachments.flatMap((one) => one.details ?? []);
  return details.find((one) => one.name === "privateIPv4Address")?.value;
}
