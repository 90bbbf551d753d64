import type { Platform } from "../../platform.ts";
import type { Admission } from "../connect/admission.ts";
import type { Lookup } from "../connect/resolver.ts";
import type { Credentials } from "../metadata/credentials.ts";
import { changeTask, type EcsStore } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import type { HealthWatch } from "./health-watch.ts";

/** What the life of every task stands on. */
export interface World {
  readonly platform: Platform;
  readonly store: EcsStore;
  /** Opens the endpoint for a task's containers on a Unix socket; resolves to the closing. */
  readonly openDoor: (task: Task, socket: string) => Promise<() => Promise<void>>;
  readonly credentials: Credentials;
  readonly health: HealthWatch;
  /** The pause image's tag, built when missing. */
  readonly pauseImage: () => Promise<string>;
  /** Docker's name of the volume with the certificate authorities that containers are given, filled when missing. */
  readonly authorities: () => Promise<string>;
  readonly admission: Admission;
  readonly lookup: Lookup;
  /** Called after every change of a task. */
  readonly changed: () => void;
}

/** Changes a task and tells the scheduler. */
export async function change(world: World, arn: string, how: (task: Task) => Task): Promise<void> {
  const saved = world.store.update((state) => changeTask(state, arn, how));
  world.changed();
  await saved;
}

/** Labels of everything that belongs to a task, so that orphans are found and people see what runs. */
export function labelsOf({ platform: { settings } }: World, task: Task): Record<string, string> {
  return {
    [settings.label.key]: settings.label.value,
    "local-aws.service": "ecs",
    "com.amazonaws.ecs.cluster": task.clusterArn,
    "com.amazonaws.ecs.task-arn": task.arn,
    "com.amazonaws.ecs.task-definition-family": task.family,
    "com.amazonaws.ecs.task-definition-version": task.taskDefinitionArn.split(":").at(-1) ?? "",
  };
}

/** Milliseconds since 1970. */
export function nowOf({ platform }: World): number {
  return platform.clock.now().getTime();
}
