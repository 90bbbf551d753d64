import type { Engine } from "../docker-engine/engine.ts";
import type { Settings } from "../platform.ts";

/** Removes every container, volume and network of one instance, running or not. Data in volumes is gone for good. */
export async function removeLabelled(docker: Engine, label: Settings["label"]): Promise<void> {
  const filters = { label: [`${label.key}=${label.value}`] };
  const containers = await docker.listContainers(filters);
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove()));
  const volumes = await docker.listVolumes(filters);
  await Promise.all(volumes.map(({ Name }) => docker.removeVolume(Name)));
  const networks = await docker.listNetworks(filters);
  await Promise.all(networks.map(({ Id }) => docker.removeNetwork(Id)));
}
