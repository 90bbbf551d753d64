import { allPages } from "../all-pages.ts";
import type { Ports } from "../ports.ts";

export interface TasksToStop {
  readonly cluster: string;
  readonly families: readonly string[];
}

/**
 * Stops tasks that were started once, by `run` or a schedule: they would hold the security groups that are about to go, for as
 * long as they like (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html). Answers how many.
 */
export async function stopTasks({ cluster, families }: TasksToStop, ports: Ports): Promise<number> {
  const ecs = await ports.aws.ecs();
  let count = 0;
  for (const family of new Set(families)) {
    const tasks = await allPages(
      (nextToken) => ecs.listTasks({ cluster, family, ...(nextToken === undefined ? {} : { nextToken }) }),
      (page) => page.taskArns,
      (page) => page.nextToken,
    );
    for (const task of await startedOnce(cluster, tasks, ports)) {
      await ecs.stopTask({ cluster, task, reason: "freehold destroy" });
      count += 1;
    }
  }
  return count;
}

/** A service's own tasks end with it, in their order. */
async function startedOnce(
  cluster: string,
  tasks: readonly string[],
  ports: Ports,
): Promise<readonly string[]> {
  if (tasks.length === 0) return [];
  const ecs = await ports.aws.ecs();
  const { tasks: found = [] } = await ecs.describeTasks({ cluster, tasks: tasks.slice(0, 100) });
  return found
    .filter(({ group = "" }) => !group.startsWith("service:"))
    .flatMap(({ taskArn }) => taskArn ?? []);
}
