import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDocker } from "../../src/docker/docker.ts";
import { removeLabelled } from "../../src/docker/remove-labelled.ts";
import type { Engine } from "../../src/docker-engine/engine.ts";
import { type LocalAws, startLocalAws } from "../../src/start.ts";

/** A local-aws of the test's own, whole, on a folder and a port of its own. */
export interface Instance {
  readonly port: number;
  readonly folder: string;
  /** For an AWS SDK client. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Names of the containers, networks and volumes that it has made and that are still there. */
  inDocker(): Promise<readonly string[]>;
  /** Ends it and removes all it made. */
  close(): Promise<void>;
}

export async function openInstance(): Promise<Instance> {
  const folder = await mkdtemp(join(tmpdir(), "local-aws-"));
  const port = randomInt(20_000, 30_000);
  const asked = {
    port,
    folder,
    pid: process.pid,
    environment: process.env,
    calledFrom: folder,
    onShutdown: () => {},
  };
  const local: LocalAws = await startLocalAws(asked);
  const { endpoint, region, label } = local.settings;
  const docker = await connectDocker(process.env, process.platform);
  return {
    port,
    folder,
    client: { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } },
    inDocker: () => labelled(docker, `${label.key}=${label.value}`),
    close: async () => {
      await local.stop();
      await removeLabelled(docker, label);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function labelled(docker: Engine, label: string): Promise<readonly string[]> {
  const filters = { label: [label] };
  const containers = await docker.listContainers(filters);
  const networks = await docker.listNetworks(filters);
  const volumes = await docker.listVolumes(filters);
  return [
    ...containers.flatMap(({ Names }) => Names),
    ...networks.map(({ Name }) => Name),
    ...volumes.map(({ Name }) => Name),
  ];
}
