import type { Deployment, Service, Task } from "@aws-sdk/client-ecs";
import type { Ports } from "../ports.ts";
import type { StoppedTask } from "./cause.ts";
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

/** Sees how the deployment of an id rolls. */
export async function observeRollout(place: ServicePlace, id: string, ports: Ports): Promise<Rollout> {
  const service = await describeService(place, ports);
  const event = newestEvent(service, id);
  return {
    deployments: (service?.deployments ?? []).map(deploymentState),
    stopped: (await tasksOf(place, "STOPPED", ports))
      .filter((task) => task.startedBy === id)
      .map(stoppedTask),
    targets: await targetsOf(place, ports),
    ...(event === undefined ? {} : { event }),
  };
}

/** What ECS said last, unless it was about an earlier deployment. */
function newestEvent(service: Service | undefined, id: string): string | undefined {
  const [event] = service?.events ?? [];
  const started = service?.deployments?.find((one) => one.id === id)?.createdAt ?? new Date(0);
  return (event?.createdAt ?? started) >= started ? event?.message : undefined;
}

export function deploymentState(deployment: Deployment): DeploymentState {
  return {
    id: deployment.id ?? "",
    status: deployment.status ?? "",
    desired: deployment.desiredCount ?? 0,
    running: deployment.runningCount ?? 0,
    rollout: deployment.rolloutState ?? "",
    ...(deployment.rolloutStateReason === undefined ? {} : { rolloutReason: deployment.rolloutStateReason }),
  };
}

/** Tasks of a service, oldest first; ECS keeps stopped ones for an hour. */
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
    .filter((task) => desiredStatus === "RUNNING" || task.lastStatus === "STOPPED")
    .sort((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
}

export function stoppedTask(task: Task): StoppedTask {
  return {
    arn: task.taskArn ?? "",
    code: task.stopCode ?? "",
    reason: task.stoppedReason ?? "",
    containers: (task.containers ?? []).map((one) => ({
      name: one.name ?? "",
      ...(one.exitCode === undefined ? {} : { exitCode: one.exitCode }),
      ...(one.reason === undefined ? {} : { reason: one.reason }),
    })),
  };
}

/** Health of what stands behind the load balancer, targets that are being drained (`draining`) included. */
export async function targetsOf(place: ServicePlace, ports: Ports): Promise<Rollout["targets"]> {
  if (place.targetGroup === undefined) return [];
  const balancing = await ports.aws.loadBalancing();
  const { TargetHealthDescriptions = [] } = await balancing.describeTargetHealth({
    TargetGroupArn: place.targetGroup,
  });
  return TargetHealthDescriptions.map(({ TargetHealth }) => ({
    state: TargetHealth?.State ?? "unknown",
    ...(TargetHealth?.Description === undefined ? {} : { reason: TargetHealth.Description }),
  }));
}
