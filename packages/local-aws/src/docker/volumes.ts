import type { Engine } from "../docker-engine/engine.ts";
import type { Settings } from "../platform.ts";
import { isMissing } from "./image.ts";

/** A volume could not be copied. */
class VolumeCopyFailed extends Error {
  override readonly name = "VolumeCopyFailed";
}

export interface VolumeCopy {
  readonly from: string;
  readonly to: string;
  /** Any image with `cp`. */
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Copies a volume with owners and modes into a new one. A server that writes to it must be paused meanwhile. */
export async function copyVolume(docker: Engine, label: Settings["label"], copy: VolumeCopy): Promise<void> {
  const labels = { ...copy.labels, [label.key]: label.value };
  await docker.createVolume({ Name: copy.to, Labels: labels });
  const container = await docker.createContainer({
    Image: copy.image,
    Entrypoint: ["cp"],
    Cmd: ["-a", "/from/.", "/to/"],
    User: "0",
    Labels: labels,
    HostConfig: {
      NetworkMode: "none",
      Mounts: [
        { Type: "volume", Source: copy.from, Target: "/from", ReadOnly: true },
        {
          Type: "volume",
          Source: copy.to,
          Target: "/to",
          VolumeOptions: { NoCopy: true },
        },
      ],
    },
  });
  try {
    await container.start();
    const { StatusCode } = await container.wait();
    if (StatusCode !== 0) throw new VolumeCopyFailed(`copying ${copy.from} ended with ${StatusCode}`);
  } finally {
    await container.remove();
  }
}

/** Removes a volume with its data; no volume is no error. */
export async function removeVolume(docker: Engine, name: string): Promise<void> {
  await docker.removeVolume(name).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}
