import type { Engine } from "../../docker-engine/engine.ts";
import type { Casualty } from "../../service.ts";
import { lastPart } from "../arns.ts";
import type { EcsStore } from "../state.ts";
import type { Task } from "../tasks/task.ts";

/** Kills the containers of the tasks that are meant, without SIGTERM or a drain; the scheduler finds out as it would on AWS. */
export async function killTasks(
  docker: Engine,
  store: EcsStore,
  casualty: Casualty,
): Promise<readonly string[]> {
  const meant = Object.values(store.get().tasks).filter(
    (task) => task.lastStatus !== "STOPPED" && isMeant(task, casualty),
  );
  await Promise.all(meant.flatMap(({ containers }) => containers.map((one) => kill(docker, one.runtimeId))));
  return meant.map(({ arn }) => arn).toSorted();
}

function isMeant(task: Task, casualty: Casualty): boolean {
  if ("task" in casualty) return task.id === lastPart(casualty.task);
  if ("service" in casualty) return task.group === `service:${casualty.service}`;
  return task.zone === casualty.zone;
}

async function kill(docker: Engine, id: string | undefined): Promise<void> {
  if (id !== undefined) await docker.getContainer(id).kill().catch(dead);
}

/** Docker says 404 of a container that has been removed, and 409 of one that has ended. */
function dead(error: unknown): void {
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  if (status !== 404 && status !== 409) throw error;
}
