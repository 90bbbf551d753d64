import { mkdir } from "node:fs/promises";
import { platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { connectDocker } from "./docker/docker.ts";
import { labelOf } from "./docker/label.ts";
import { findPython } from "./moto/find-python.ts";
import type { Closing, Ground, OpenHouse } from "./open-house.ts";
import type { Settings } from "./platform.ts";

export interface StartSettings extends Pick<Ground, "pid" | "environment" | "onShutdown"> {
  /** The folder from which we were called: nothing that lies in its repository is run. */
  readonly calledFrom: string;
  readonly port: number;
  readonly folder: string;
  readonly region?: string;
}

export interface LocalAws extends OpenHouse {
  readonly settings: Settings;
  /** Ends what runs, in order; state is kept. */
  stop(): Promise<void>;
}

/**
 * Starts everything on one port and resolves once it answers.
 * @throws DockerMissing, MotoMissing, MotoFailed, PortTaken
 */
export async function startLocalAws(asked: StartSettings): Promise<LocalAws> {
  const settings = settingsOf(asked);
  await mkdir(settings.folder, { recursive: true, mode: 0o700 });
  const closings: Closing[] = [];
  const stop = () => closeAll(closings);
  try {
    const python = await findPython({ ...asked, folder: settings.folder });
    const docker = await connectDocker(asked.environment, platform());
    // Loaded here: whoever lacks one of the two need not wait for every service.
    const { openHouse } = await import("./open-house.ts");
    return { settings, ...(await openHouse({ ...asked, settings, python, docker }, closings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function settingsOf({ port, folder, region }: StartSettings): Settings {
  const absolute = resolve(folder);
  const label = labelOf(absolute);
  return {
    host: "127.0.0.1",
    port,
    endpoint: `http://127.0.0.1:${port}`,
    folder: absolute,
    socket: join(socketFolder(absolute, label.value), "front-door.sock"),
    accountId: "123456789012",
    region: region ?? "us-east-1",
    label,
  };
}

/** A folder of their own, so that it can be mounted and outlive the sockets. Their paths end at 107 bytes (unix(7)). */
function socketFolder(folder: string, id: string): string {
  const inside = join(folder, "sockets");
  return Buffer.byteLength(inside) <= 85 ? inside : join(tmpdir(), `local-aws-${id}`);
}

async function closeAll(closings: Closing[]): Promise<void> {
  for (let close = closings.pop(); close !== undefined; close = closings.pop()) await close();
}
