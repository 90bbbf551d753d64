import type Dockerode from "dockerode";
import type { Settings } from "../platform.ts";

/** Removes every container, volume and network of one instance, running or not. Data in volumes is gone for good. */
export async function removeLabelled(docker: Dockerode, label: Settings["label"]): Promise<void> {
  const filters = { label: [`${label.key}=${label.value}`] };
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
  const { Volumes } = await docker.listVolumes({ filters });
  await Promise.all((Volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove({ force: true })));
  const networks = await docker.listNetworks({ filters });
  await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
}
