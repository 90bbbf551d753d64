import type { Engine } from "../docker-engine/engine.ts";
import { framesIn } from "../docker-engine/frames.ts";
import type { Settings } from "../platform.ts";
import { ensureImage, isMissing } from "./image.ts";
import { type TarFile, tarOf } from "./tar.ts";

/** A database or a cache. Its container can be made anew at any time; its volume, where it keeps data, stays. */
export interface Server {
  /** Of the container. */
  readonly name: string;
  readonly image: string;
  readonly network: string;
  /** Names by which the network's containers reach it. */
  readonly aliases: readonly string[];
  readonly volume?: { readonly name: string; readonly path: string };
  /** Put in before the start. */
  readonly files: readonly TarFile[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it is, for whoever reads `docker ps`; e.g. `{"local-aws.rds": "orders"}`. */
  readonly labels: Readonly<Record<string, string>>;
}

const sharedMemory = 256 * 1024 * 1024;

/** Starts a server in a fresh container on the volume, which is made when missing; an older container goes first. */
export async function startServer(docker: Engine, label: Settings["label"], server: Server): Promise<void> {
  await ensureImage(docker, server.image);
  await removeServer(docker, server.name);
  const labels = { ...server.labels, [label.key]: label.value };
  const { volume } = server;
  if (volume !== undefined) await docker.createVolume({ Name: volume.name, Labels: labels });
  const container = await docker.createContainer({
    name: server.name,
    Image: server.image,
    Entrypoint: [...server.entrypoint],
    Cmd: [...server.command],
    Env: Object.entries(server.env ?? {}).map(([name, value]) => `${name}=${value}`),
    Labels: labels,
    HostConfig: {
      Mounts: volume === undefined ? [] : [{ Type: "volume", Source: volume.name, Target: volume.path }],
      ShmSize: sharedMemory,
      NetworkMode: server.network,
    },
    NetworkingConfig: { EndpointsConfig: { [server.network]: { Aliases: [...server.aliases] } } },
  });
  await container.putArchive(tarOf(server.files), { path: "/" });
  await container.start();
}

/** Ends a server as its image asks (30 s at most) and removes the container; the volume stays. No server is no error. */
export async function stopServer(docker: Engine, name: string): Promise<void> {
  await docker
    .getContainer(name)
    .stop({ t: 30 })
    .catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  await removeServer(docker, name);
}

async function removeServer(docker: Engine, name: string): Promise<void> {
  await docker
    .getContainer(name)
    // With the volumes that its image asks for and nobody named.
    .remove()
    .catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
}

/** Last lines of what a server said, for an error. */
export async function lastWords(docker: Engine, name: string): Promise<string> {
  const log = await docker.getContainer(name).logs({ follow: false, tail: 5 });
  const chunks: Buffer[] = [];
  for await (const { bytes } of framesIn(log)) chunks.push(bytes);
  return Buffer.concat(chunks).toString("utf8").trim();
}
