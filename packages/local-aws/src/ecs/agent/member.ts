import type { Container } from "dockerode";
import { createLineReader } from "../logs/frames.ts";
import type { Shipper } from "../logs/shipper.ts";
import { changeContainer } from "../tasks/transitions.ts";
import type { Exit } from "./dependencies.ts";
import { change, type World } from "./world.ts";

/** Docker closes a container's log soon after its end; a log that stays open is not waited for. */
const logGrace = 5000;

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
  const output = shipper === undefined ? Promise.resolve() : shipOutput(world, container, shipper);
  await container.wait();
  ignore();
  const { State } = await container.inspect();
  const exit: Exit = { code: State.ExitCode, outOfMemory: State.OOMKilled && State.ExitCode === 137 };
  await Promise.race([output, world.platform.clock.sleep(logGrace)]);
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

async function shipOutput({ platform }: World, container: Container, shipper: Shipper): Promise<void> {
  const reader = createLineReader();
  try {
    const stream = await container.logs({ follow: true, stdout: true, stderr: true, timestamps: true });
    for await (const chunk of stream) await shipper.ship(reader.read(Buffer.from(chunk)));
  } catch (error) {
    platform.log.warn("a container's output broke off", { container: container.id, error });
  }
  await shipper.ship(reader.end());
}
