import type { Arns } from "../arns.ts";
import { nextProvider } from "../clusters/capacity-providers.ts";
import { membershipOf } from "../connect/membership.ts";
import { type Deployment, primaryOf, type Service } from "../services/service-record.ts";
import { changeTask, type EcsState } from "../state.ts";
import { newTask } from "../tasks/new-task.ts";
import { propagatedTags } from "../tasks/propagated-tags.ts";
import type { Task } from "../tasks/task.ts";
import { tellToStop } from "../tasks/transitions.ts";
import type { Decision, TaskStop } from "./decide.ts";
import { addEvents } from "./events.ts";
import { countFailure } from "./failures.ts";
import { type Capacity, unplaceable } from "./placement.ts";

/** The state after a decision, and the tasks that it starts and stops. */
export interface Applied {
  readonly state: EcsState;
  readonly started: readonly Task[];
  readonly stopped: readonly string[];
}

/** Where decisions are carried out. */
export interface Site {
  readonly arns: Arns;
  readonly capacity: Capacity;
}

/** Writes a decision into the state: the service as decided, new tasks, tasks told to stop, events. */
export function applyDecision(
  state: EcsState,
  { arns, capacity }: Site,
  decision: Decision,
  now: number,
): Applied {
  const { service, stops } = decision;
  const primary = primaryOf(service);
  const definition = state.taskDefinitions[primary?.taskDefinition ?? ""];
  const refusal =
    primary && definition && decision.launch > 0 ? unplaceable(primary, definition, capacity) : undefined;
  const started =
    primary && refusal === undefined ? newTasks(state, arns, service, primary, decision.launch, now) : [];
  const kept = refusal === undefined ? service : countFailure(service, primary?.id, now);
  const messages = [
    ...decision.messages,
    ...(refusal === undefined ? [] : [refusal]),
    ...(started.length > 0
      ? [`has started ${started.length} tasks: ${named(started.map(({ id }) => id))}.`]
      : []),
    ...stopMessages(state, stops),
  ];
  const told = stops.reduce(
    (left, { taskArn, stop }) => changeTask(left, taskArn, (task) => tellToStop(task, stop, now)),
    state,
  );
  return {
    state: withTasks(
      { ...told, services: { ...told.services, [service.arn]: addEvents(kept, messages, now) } },
      service,
      started,
    ),
    started,
    stopped: stops.map(({ taskArn }) => taskArn),
  };
}

/** Tasks of a deployment, spread over its capacity providers. */
function newTasks(
  state: EcsState,
  arns: Arns,
  service: Service,
  deployment: Deployment,
  count: number,
  now: number,
): readonly Task[] {
  const definition = state.taskDefinitions[deployment.taskDefinition];
  const network = deployment.networkConfiguration?.awsvpcConfiguration;
  if (definition === undefined || network === undefined) return [];
  const used = providersInUse(state, service);
  return Array.from({ length: count }, () => {
    const capacityProvider = nextProvider(deployment.capacityProviderStrategy ?? [], used);
    if (capacityProvider !== undefined) used[capacityProvider] = (used[capacityProvider] ?? 0) + 1;
    const order = {
      definition,
      network,
      capacityProvider,
      clusterArn: service.clusterArn,
      serviceArn: service.arn,
      group: `service:${service.name}`,
      startedBy: deployment.id,
      launchType: deployment.launchType,
      loadBalancers: deployment.loadBalancers,
      connect: membershipOf(state, deployment, definition),
      registries: deployment.serviceRegistries?.map(({ registryArn = "" }) => registryArn),
      enableExecuteCommand: service.enableExecuteCommand,
    };
    return newTask(order, arns, now);
  });
}

function providersInUse(state: EcsState, { arn }: Service): Record<string, number> {
  const used: Record<string, number> = {};
  for (const { serviceArn, desiredStatus, capacityProvider } of Object.values(state.tasks)) {
    if (serviceArn !== arn || desiredStatus === "STOPPED" || capacityProvider === undefined) continue;
    used[capacityProvider] = (used[capacityProvider] ?? 0) + 1;
  }
  return used;
}

function withTasks(state: EcsState, service: Service, tasks: readonly Task[]): EcsState {
  if (tasks.length === 0) return state;
  const tags = tasks.map((task) => [task.arn, propagatedTags(state, task, service)] as const);
  return {
    ...state,
    tasks: { ...state.tasks, ...Object.fromEntries(tasks.map((task) => [task.arn, task])) },
    tags: { ...state.tags, ...Object.fromEntries(tags) },
  };
}

function stopMessages(state: EcsState, stops: readonly TaskStop[]): readonly string[] {
  const tasks = stops.flatMap(({ taskArn }) => state.tasks[taskArn] ?? []);
  if (tasks.length === 0) return [];
  const balanced = tasks.filter(({ loadBalancers }) => loadBalancers.length > 0);
  return [
    ...(balanced.length > 0 ? [`has begun draining connections on ${balanced.length} tasks.`] : []),
    `has stopped ${tasks.length} running tasks: ${named(tasks.map(({ id }) => id))}.`,
  ];
}

function named(ids: readonly string[]): string {
  return ids.map((id) => `(task ${id})`).join(" ");
}
