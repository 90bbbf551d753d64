import type { Platform } from "../../platform.ts";
import type { EcsStore } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { ended } from "../tasks/transitions.ts";
import { absent } from "./images.ts";
import { deregisterTargets } from "./targets.ts";

/**
 * Clears up after a run that ended without warning: its containers and volumes are removed, its tasks are marked
 * STOPPED and leave their target groups.
 */
export async function clearLeftovers(platform: Platform, store: EcsStore): Promise<void> {
  await removeOrphans(platform);
  const left = Object.values(store.get().tasks).filter(({ lastStatus }) => lastStatus !== "STOPPED");
  for (const task of left) await deregisterTargets(platform, task);
  if (left.length > 0)
    await store.update((state) => ({ ...state, tasks: { ...state.tasks, ...buried(left, platform) } }));
}

async function removeOrphans({ docker, settings: { label } }: Platform): Promise<void> {
  const filters = { label: [`${label.key}=${label.value}`, "local-aws.service=ecs"] };
  const containers = await docker.listContainers(filters);
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove().catch(absent)));
  const volumes = await docker.listVolumes(filters);
  await Promise.all(volumes.map(({ Name }) => docker.removeVolume(Name).catch(absent)));
}

function buried(tasks: readonly Task[], { clock }: Platform): Readonly<Record<string, Task>> {
  const stop = { code: "TerminationNotice", reason: "local-aws ended without stopping this task." } as const;
  return Object.fromEntries(tasks.map((task) => [task.arn, ended(task, stop, clock.now().getTime())]));
}
