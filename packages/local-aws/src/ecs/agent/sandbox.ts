import type { Container } from "dockerode";
import type { Task } from "../tasks/task.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";
import { labelsOf, type World } from "./world.ts";

/** A task's network namespace, held by its pause container. */
export interface Sandbox {
  readonly container: Container;
  readonly address: string;
  readonly macAddress: string;
  readonly zone: string | undefined;
}

/**
 * Starts the pause container on the bridge of the task's VPC and waits until it forwards.
 * @throws StartFailure with `ResourceInitializationError`
 */
export async function openSandbox(
  world: World,
  task: Task,
  keep: (made: Container) => void,
): Promise<Sandbox> {
  try {
    const { networks, aws } = world.platform;
    const { subnetId } = task.networkInterface;
    const network = await networks.forSubnet(subnetId);
    const { Subnets = [] } = await aws.ec2.describeSubnets({ SubnetIds: [subnetId] });
    const container = await createPause(world, task, network);
    keep(container);
    await startAndAwait(container);
    const place = (await container.inspect()).NetworkSettings.Networks[network];
    return {
      container,
      address: place?.IPAddress ?? "",
      macAddress: place?.MacAddress ?? "",
      zone: Subnets[0]?.AvailabilityZone,
    };
  } catch (error) {
    throw new StartFailure(
      `ResourceInitializationError: failed to prepare the task's network: ${reasonOf(error)}`,
    );
  }
}

async function createPause(world: World, task: Task, network: string): Promise<Container> {
  const { docker, settings } = world.platform;
  return docker.createContainer({
    name: `ecs-${task.family}-${task.id}-pause`,
    Image: await world.pauseImage(),
    Cmd: [String(settings.port)],
    Labels: labelsOf(world, task),
    HostConfig: {
      NetworkMode: network,
      Init: true,
      CapAdd: ["NET_ADMIN"],
      // A mount, unlike a bind, fails when the socket is not there.
      Mounts: [{ Type: "bind", Source: settings.socket, Target: "/run/local-aws.sock", ReadOnly: true }],
    },
  });
}

/** The pause container says `ready` once its ports listen; when it ends first, its output says why. */
async function startAndAwait(container: Container): Promise<void> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  await container.start();
  let said = "";
  for await (const chunk of stream) {
    said += chunk.toString();
    if (said.includes("ready\n")) return;
  }
  throw new StartFailure(`the pause container ended: ${said.replaceAll(/[^\x20-\x7e\n]/g, "").trim()}`);
}
