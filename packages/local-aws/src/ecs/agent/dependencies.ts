import type { ContainerDependency } from "@aws-sdk/client-ecs";
import { StartFailure } from "./start-failure.ts";

/** How a container ended. */
export interface Exit {
  readonly code: number;
  readonly outOfMemory: boolean;
}

/** What others may wait for. Promises that never settle: the container never came so far. */
export interface Milestones {
  readonly started: Promise<void>;
  readonly healthy: Promise<void>;
  readonly ended: Promise<Exit>;
}

/**
 * Waits for what `dependsOn` names.
 * See https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html.
 * @throws StartFailure when the condition can no longer come true
 */
export async function awaitDependencies(
  name: string,
  dependencies: readonly ContainerDependency[],
  others: ReadonlyMap<string, Milestones>,
): Promise<void> {
  await Promise.all(
    dependencies.map(async ({ containerName = "", condition }) => {
      const other = others.get(containerName);
      if (other === undefined || (await isMet(condition, other))) return;
      throw new StartFailure(
        `Container '${name}' cannot start: its dependency '${containerName}' did not reach ${condition}`,
        name,
      );
    }),
  );
}

async function isMet(condition: ContainerDependency["condition"], other: Milestones): Promise<boolean> {
  switch (condition) {
    case "START":
    case undefined:
      await other.started;
      return true;
    case "COMPLETE":
      await other.ended;
      return true;
    case "SUCCESS":
      return (await other.ended).code === 0;
    case "HEALTHY":
      return Promise.race([other.healthy.then(() => true), other.ended.then(() => false)]);
  }
}
