import type {
  DescribeTasksCommandInput,
  ListTasksCommandInput,
  RunTaskCommandInput,
  StopTaskCommandInput,
} from "@aws-sdk/client-ecs";
import type { Platform } from "../../platform.ts";
import type { Operation } from "../../service.ts";
import { type Arns, lastPart } from "../arns.ts";
import { activeCluster } from "../clusters/find.ts";
import { clientError, invalidParameter, serviceNotFound } from "../errors.ts";
import { pageOf } from "../paging.ts";
import type { Site } from "../scheduler/apply.ts";
import type { TaskRunner } from "../scheduler/loop.ts";
import { findService } from "../services/find.ts";
import { changeTask, type EcsState, type EcsStore } from "../state.ts";
import { renderTask } from "./render.ts";
import { runTask } from "./run-task.ts";
import type { Task } from "./task.ts";
import { tellToStop } from "./transitions.ts";

/** Tasks: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html. */
export function taskOperations(
  platform: Pick<Platform, "clock">,
  store: EcsStore,
  site: Site,
  runner: TaskRunner,
): Record<string, Operation> {
  const { arns } = site;
  return {
    RunTask: (input: RunTaskCommandInput) => runTask(platform, store, site, runner.launch, input),
    StopTask: (input: StopTaskCommandInput) => stop(platform, store, runner, input),
    DescribeTasks: async (input: DescribeTasksCommandInput) => describe(store.get(), arns, input),
    ListTasks: async (input: ListTasksCommandInput) => list(store.get(), input),
  };
}

async function stop(
  { clock }: Pick<Platform, "clock">,
  store: EcsStore,
  runner: TaskRunner,
  { cluster, task: reference = "", reason = "Task stopped by user" }: StopTaskCommandInput,
) {
  const found = findTask(store.get(), activeCluster(store.get(), cluster).arn, reference);
  if (found === undefined) throw invalidParameter("The referenced task was not found.");
  const told = tellToStop(found, { code: "UserInitiated", reason }, clock.now().getTime());
  const state = await store.update((before) => changeTask(before, found.arn, () => told));
  runner.stop(found.arn);
  return { task: renderTask(told, state.tags[found.arn]) };
}

function describe(
  state: EcsState,
  arns: Arns,
  { cluster, tasks = [], include = [] }: DescribeTasksCommandInput,
) {
  if (tasks.length === 0) throw clientError("Tasks cannot be empty.");
  const { arn, name } = activeCluster(state, cluster);
  const found = tasks.map((reference) => ({ reference, task: findTask(state, arn, reference) }));
  return {
    tasks: found.flatMap(({ task }) =>
      task ? [renderTask(task, include.includes("TAGS") ? state.tags[task.arn] : [])] : [],
    ),
    failures: found.flatMap(({ reference, task }) =>
      task ? [] : [{ arn: arns.task(name, lastPart(reference)), reason: "MISSING" }],
    ),
  };
}

/** Running tasks unless stopped ones are asked for; the filters narrow together. */
function list(state: EcsState, input: ListTasksCommandInput) {
  const cluster = activeCluster(state, input.cluster);
  const { serviceName, family, startedBy, launchType, desiredStatus = "RUNNING" } = input;
  if (input.containerInstance !== undefined) return { taskArns: [] };
  const service = serviceName === undefined ? undefined : findService(state, cluster.arn, serviceName);
  if (serviceName !== undefined && service === undefined) throw serviceNotFound();
  const matches = (task: Task): boolean =>
    task.clusterArn === cluster.arn &&
    (desiredStatus === "STOPPED") === (task.desiredStatus === "STOPPED") &&
    (service === undefined || task.serviceArn === service.arn) &&
    (family === undefined || task.family === family) &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (launchType === undefined || launchType === (task.launchType ?? "FARGATE"));
  const { items, nextToken } = pageOf(Object.values(state.tasks).filter(matches), input);
  return { taskArns: items.map(({ arn }) => arn), nextToken };
}

function findTask(state: EcsState, clusterArn: string, reference: string): Task | undefined {
  const id = lastPart(reference);
  return Object.values(state.tasks).find((task) => task.clusterArn === clusterArn && task.id === id);
}
