import type { RunTaskCommandInput } from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import { nextProvider, placementOf } from "../clusters/capacity-providers.ts";
import { activeCluster } from "../clusters/find.ts";
import { clientError, invalidParameter } from "../errors.ts";
import type { Site } from "../scheduler/apply.ts";
import { refusalOf } from "../scheduler/placement.ts";
import type { EcsState, EcsStore } from "../state.ts";
import { activeTaskDefinition } from "../task-definitions/find.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import { requireNetwork } from "./network.ts";
import { newTask } from "./new-task.ts";
import { propagatedTags } from "./propagated-tags.ts";
import { renderTask } from "./render.ts";
import type { Task } from "./task.ts";

/** See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html. */
export async function runTask(
  { clock }: Pick<Platform, "clock">,
  store: EcsStore,
  { arns, capacity }: Site,
  launch: (taskArn: string) => void,
  input: RunTaskCommandInput,
) {
  const { count = 1, overrides, startedBy } = input;
  if (count < 1 || count > 10) throw invalidParameter("Count must be between 1 and 10.");
  const cluster = activeCluster(store.get(), input.cluster);
  const definition = activeTaskDefinition(store.get(), input.taskDefinition ?? "");
  const placement = placementOf(cluster, {
    launchType: input.launchType,
    strategy: input.capacityProviderStrategy,
  });
  if (placement.launchType === "EC2")
    throw invalidParameter("No Container Instances were found in your cluster.");
  refuseUnknownOverrides(input, definition);
  const reason = refusalOf({ memory: overrides?.memory ?? definition.memory }, capacity);
  if (reason !== undefined) return { tasks: [], failures: Array.from({ length: count }, () => ({ reason })) };
  const used: Record<string, number> = {};
  const order = {
    definition,
    clusterArn: cluster.arn,
    network: requireNetwork(definition.networkMode, input.networkConfiguration),
    group: input.group ?? `family:${definition.family}`,
    startedBy,
    overrides,
    launchType: placement.launchType,
    enableExecuteCommand: input.enableExecuteCommand,
  };
  const tasks = Array.from({ length: count }, () => {
    const capacityProvider = nextProvider(placement.strategy ?? [], used);
    if (capacityProvider !== undefined) used[capacityProvider] = (used[capacityProvider] ?? 0) + 1;
    return newTask({ ...order, capacityProvider }, arns, clock.now().getTime());
  });
  const state = await store.update((before) => withTasks(before, tasks, input));
  for (const { arn } of tasks) launch(arn);
  return { tasks: tasks.map((task) => renderTask(task, state.tags[task.arn])), failures: [] };
}

function withTasks(state: EcsState, tasks: readonly Task[], input: RunTaskCommandInput): EcsState {
  const { propagateTags, enableECSManagedTags, tags: own } = input;
  const tags = tasks.map(
    (task) => [task.arn, propagatedTags(state, task, { propagateTags, enableECSManagedTags, own })] as const,
  );
  return {
    ...state,
    tasks: { ...state.tasks, ...Object.fromEntries(tasks.map((task) => [task.arn, task])) },
    tags: { ...state.tags, ...Object.fromEntries(tags) },
  };
}

function refuseUnknownOverrides({ overrides }: RunTaskCommandInput, { containers }: TaskDefinition): void {
  for (const { name } of overrides?.containerOverrides ?? []) {
    if (containers.some((container) => container.name === name)) continue;
    throw clientError(`Override for container named ${name} is not a container in the TaskDefinition.`);
  }
}
