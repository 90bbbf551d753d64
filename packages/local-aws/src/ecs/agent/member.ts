import type { Container } from "../../docker-engine/containers.ts";
import type { Shipper } from "../logs/shipper.ts";
import { changeContainer } from "../tasks/transitions.ts";
import type { Exit } from "./dependencies.ts";
import { shipOutput } from "./output.ts";
import { change, type World } from "./world.ts";

export interface Watched {
  readonly world: World;
  readonly taskArn: string;
  readonly name: string;
  readonly container: Container;
  readonly shipper: Shipper | undefined;
  readonly onHealthy: () => void;
}

/** Follows a started container to its end: health, output, exit code. Its output has been shipped when it resolves. */
export async function watchContainer(watched: Watched): Promise<Exit> {
  const { world, taskArn, name, container, shipper } = watched;
  const ignore = followHealth(watched);
  const output = shipper === undefined ? undefined : shipOutput(world.platform, container, shipper);
  await container.wait();
  ignore();
  const { State } = await container.inspect();
  const exit: Exit = { code: State.ExitCode, outOfMemory: State.OOMKilled && State.ExitCode === 137 };
  await output?.end();
  await shipper?.flush();
  await change(world, taskArn, (task) =>
    changeContainer(task, name, {
      lastStatus: "STOPPED",
      exitCode: exit.code,
      ...(exit.outOfMemory && { reason: outOfMemory }),
    }),
  );
  return exit;
}

export const outOfMemory = "OutOfMemoryError: Container killed due to memory usage";

function followHealth({ world, taskArn, name, container, onHealthy }: Watched): () => void {
  return world.health.follow(container.id, (health) => {
    if (health === "HEALTHY") onHealthy();
    change(world, taskArn, (task) => changeContainer(task, name, { health })).catch((error: unknown) =>
      world.platform.log.warn("ECS could not note a container's health", { error }),
    );
  });
}
