import type { Container } from "../../docker-engine/containers.ts";
import { noteStopped } from "../scheduler/task-stopped.ts";
import type { TaskDefinition } from "../task-definitions/task-definition.ts";
import type { Stop, Task } from "../tasks/task.ts";
import { advance, changeContainer, ended, tellToStop } from "../tasks/transitions.ts";
import { type Crew, startCrew } from "./crew.ts";
import type { Exit } from "./dependencies.ts";
import { absent } from "./images.ts";
import { outOfMemory } from "./member.ts";
import { openSandbox, type Sandbox } from "./sandbox.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";
import { gatherSupplies } from "./supplies.ts";
import { awaitDrained, deregisterTargets, registerTargets } from "./targets.ts";
import { openVolumes, removeVolumes } from "./volumes.ts";
import { change, nowOf, type World } from "./world.ts";

/** What is asked of a living task: to stop, and to do so without waiting. */
export interface Wishes {
  readonly stop: AbortSignal;
  readonly hurry: AbortSignal;
}

/** A task from PROVISIONING to STOPPED. Never rejects: what goes wrong is the task's `stoppedReason`. */
export async function liveTask(world: World, arn: string, wishes: Wishes): Promise<void> {
  const made: Container[] = [];
  const task = world.store.get().tasks[arn];
  if (task === undefined) return;
  const stop = await untilStopped(world, task, wishes, (container) => made.push(container)).catch(
    (error: unknown) => failedStart(world, arn, error),
  );
  await clear(world, task, made).catch((error: unknown) =>
    world.platform.log.warn("ECS could not remove a task's containers", { task: arn, error }),
  );
  world.credentials.withdraw(task.id);
  await bury(world, arn, stop).catch((error: unknown) =>
    world.platform.log.warn("ECS could not note a task's end", { task: arn, error }),
  );
}

async function untilStopped(
  world: World,
  task: Task,
  wishes: Wishes,
  keep: (made: Container) => void,
): Promise<Stop> {
  const { taskDefinitions } = world.store.get();
  const definition = taskDefinitions[task.taskDefinitionArn];
  if (definition === undefined) throw new StartFailure("TaskDefinition not found.");
  if (wishes.stop.aborted) return whyStopped(world, task.arn);
  const sandbox = await openSandbox(world, task, keep);
  return inSandbox(world, task, definition, sandbox, wishes, keep).finally(sandbox.close);
}

async function inSandbox(
  world: World,
  task: Task,
  definition: TaskDefinition,
  sandbox: Sandbox,
  wishes: Wishes,
  keep: (made: Container) => void,
): Promise<Stop> {
  await attach(world, task.arn, sandbox);
  const supplies = await gatherSupplies(world, task, definition);
  if (wishes.stop.aborted) return whyStopped(world, task.arn);
  const volumes = await openVolumes(world, task, definition);
  const processors = await countProcessors(world);
  const crew = startCrew(world, { task, supplies, volumes, pauseId: sandbox.container.id, processors, keep });
  try {
    return await whileRunning(world, task.arn, crew, wishes);
  } finally {
    await standDown(world, task.arn, crew, wishes);
  }
}

/** Starts the containers, joins the load balancer, and waits for the end of an essential container or a wish. */
async function whileRunning(world: World, arn: string, crew: Crew, { stop }: Wishes): Promise<Stop> {
  const asked = aborted(stop).then(() => "asked" as const);
  const up = await Promise.race([asked, crew.essentialEnd, crew.started]);
  if (up === "asked") return whyStopped(world, arn);
  if (up !== undefined) return whyEnded(up);
  await change(world, arn, (task) => advance(task, "ACTIVATING"));
  const placed = world.store.get().tasks[arn];
  if (placed !== undefined) await registerTargets(world.platform, placed);
  await change(world, arn, (task) => advance(task, "RUNNING", { startedAt: nowOf(world) }));
  const end = await Promise.race([asked, crew.essentialEnd]);
  return end === "asked" ? whyStopped(world, arn) : whyEnded(end);
}

/**
 * Leaves the load balancer (DEACTIVATING), waits until its deregistration delay is over, and only then ends the containers
 * (STOPPING): SIGTERM, and SIGKILL after `stopTimeout`.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-connection-draining.html
 */
async function standDown(world: World, arn: string, crew: Crew, { stop, hurry }: Wishes): Promise<void> {
  const task = world.store.get().tasks[arn];
  if (task !== undefined && task.loadBalancers.length > 0) {
    await change(world, arn, (now) => advance(now, "DEACTIVATING"));
    await deregisterTargets(world.platform, task);
    // A task that has lost an essential container has nobody left to answer.
    if (stop.aborted) await awaitDrained(world.platform, task, hurry);
  }
  await change(world, arn, (now) => advance(now, "STOPPING", { stoppingAt: now.stoppingAt ?? nowOf(world) }));
  await crew.stop(hurry);
  await change(world, arn, (now) => advance(now, "DEPROVISIONING", { executionStoppedAt: nowOf(world) }));
}

async function attach(world: World, arn: string, { address, macAddress, zone }: Sandbox): Promise<void> {
  await change(world, arn, (task) =>
    advance(task, "PENDING", {
      connectivityAt: nowOf(world),
      zone,
      networkInterface: { ...task.networkInterface, status: "ATTACHED", address, macAddress },
    }),
  );
}

async function countProcessors({ platform: { docker } }: World): Promise<number> {
  const { NCPU } = await docker.info();
  return NCPU;
}

/** Removes what was made, the namespace's holder last. */
async function clear(world: World, task: Task, made: readonly Container[]): Promise<void> {
  for (const container of made.toReversed()) await container.remove().catch(absent);
  const definition = world.store.get().taskDefinitions[task.taskDefinitionArn];
  if (definition !== undefined) await removeVolumes(world, task, definition);
}

async function bury(world: World, arn: string, stop: Stop): Promise<void> {
  const saved = world.store.update((state) => {
    const task = state.tasks[arn];
    if (task === undefined) return state;
    const dead = ended(task, stop, nowOf(world));
    return noteStopped({ ...state, tasks: { ...state.tasks, [arn]: dead } }, dead, nowOf(world));
  });
  world.changed();
  await saved;
}

async function failedStart(world: World, arn: string, error: unknown): Promise<Stop> {
  if (!(error instanceof StartFailure))
    world.platform.log.warn("a task failed to start", { task: arn, error });
  const reason =
    error instanceof StartFailure ? error.message : `CannotStartContainerError: ${reasonOf(error)}`;
  const container = error instanceof StartFailure ? error.container : undefined;
  const stop: Stop = { code: "TaskFailedToStart", reason };
  await change(world, arn, (task) => {
    const told = tellToStop(task, stop, nowOf(world));
    return container === undefined ? told : changeContainer(told, container, { reason });
  });
  return stop;
}

function whyEnded({ outOfMemory: killed }: Exit): Stop {
  return {
    code: "EssentialContainerExited",
    reason: killed ? outOfMemory : "Essential container in task exited",
  };
}

/** The reason was written when the wish was made. */
function whyStopped({ store }: World, arn: string): Stop {
  return store.get().tasks[arn]?.stop ?? { code: "UserInitiated", reason: "Task stopped by user" };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
