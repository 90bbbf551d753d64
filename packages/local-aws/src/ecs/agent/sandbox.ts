import { join } from "node:path";
import type { Container } from "../../docker-engine/containers.ts";
import { createProxy } from "../connect/proxy.ts";
import { createResolver } from "../connect/resolver.ts";
import {
  addressesOf,
  doorName,
  openTaskSockets,
  resolverAddress,
  type TaskSockets,
} from "../connect/sockets.ts";
import type { Task } from "../tasks/task.ts";
import { reasonOf, StartFailure } from "./start-failure.ts";
import { labelsOf, type World } from "./world.ts";

/** Of every container: a program that is set-user-ID gives no rights that the container did not start with. */
export const noNewPrivileges = "no-new-privileges";

/** A task's network namespace, held by its pause container. */
export interface Sandbox {
  readonly container: Container;
  readonly address: string;
  readonly macAddress: string;
  readonly zone: string | undefined;
  /** Ends what answers names; the container is the caller's to remove. */
  close(): Promise<void>;
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
  const sockets = await openSockets(world, task);
  try {
    const { networks, aws } = world.platform;
    const { subnetId } = task.networkInterface;
    const network = await networks.forSubnet(subnetId);
    const { Subnets = [] } = await aws.ec2.describeSubnets({ SubnetIds: [subnetId] });
    const container = await createPause(world, task, network, sockets.folder);
    keep(container);
    await startAndAwait(container);
    const place = (await container.inspect()).NetworkSettings.Networks[network];
    return {
      container,
      address: place?.IPAddress ?? "",
      macAddress: place?.MacAddress ?? "",
      zone: Subnets[0]?.AvailabilityZone,
      close: sockets.close,
    };
  } catch (error) {
    await sockets.close();
    throw new StartFailure(
      `ResourceInitializationError: failed to prepare the task's network: ${reasonOf(error)}`,
    );
  }
}

/** What answers the names of a task: the network's resolver, and a proxy for each alias. */
function openNames(world: World, task: Task): Promise<TaskSockets> {
  const parts = { store: world.store, admission: world.admission, log: world.platform.log };
  const proxies = (task.connect?.aliases ?? []).map((alias) => createProxy(parts, task, alias));
  return openTaskSockets(world.platform.settings, task, { resolver: createResolver(world.lookup), proxies });
}

async function createPause(world: World, task: Task, network: string, sockets: string): Promise<Container> {
  const { docker, settings } = world.platform;
  const names = addressesOf(task);
  return docker.createContainer({
    name: `ecs-${task.family}-${task.id}-pause`,
    Image: await world.pauseImage(),
    Cmd: [String(settings.port), resolverAddress, ...names.map(({ address, port }) => `${address}:${port}`)],
    Labels: labelsOf(world, task),
    HostConfig: {
      NetworkMode: network,
      Init: true,
      SecurityOpt: [noNewPrivileges],
      // For the addresses and rules of the task's network, and to listen at port 53.
      CapDrop: ["ALL"],
      CapAdd: ["NET_ADMIN", "NET_BIND_SERVICE"],
      Dns: [resolverAddress],
      ExtraHosts: [...new Set(names.map(({ dnsName, address }) => `${dnsName}:${address}`))],
      // A mount, unlike a bind, fails when the folder is not there.
      Mounts: [{ Type: "bind", Source: sockets, Target: "/run/names", ReadOnly: true }],
    },
  });
}

/** The sockets that the pause container forwards to: the task's own endpoint, and what answers names. */
async function openSockets(world: World, task: Task): Promise<TaskSockets> {
  const sockets = await openNames(world, task);
  try {
    const closeDoor = await world.openDoor(task, join(sockets.folder, doorName));
    return { folder: sockets.folder, close: () => closeDoor().then(sockets.close) };
  } catch (error) {
    await sockets.close();
    throw error;
  }
}

/** The pause container says `ready` once its ports listen; when it ends first, its output says why. */
async function startAndAwait(container: Container): Promise<void> {
  const stream = await container.attach();
  await container.start();
  let said = "";
  for await (const chunk of stream) {
    said += chunk.toString();
    if (said.includes("ready\n")) return;
  }
  throw new StartFailure(`the pause container ended: ${said.replaceAll(/[^\x20-\x7e\n]/g, "").trim()}`);
}
