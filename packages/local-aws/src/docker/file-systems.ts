import type { Container } from "../docker-engine/containers.ts";
import type { Engine } from "../docker-engine/engine.ts";
import type { Platform, Settings } from "../platform.ts";
import { type TarFile, tarOf } from "./tar.ts";
import { removeVolume } from "./volumes.ts";

/** File systems that many containers may mount at once, each a volume of Docker. */
export interface FileSystems {
  create(id: string): Promise<void>;
  /** With all that is in it; none is no error. */
  remove(id: string): Promise<void>;
  /** Whether there is a folder at the path, which begins with a slash. */
  hasFolder(id: string, path: string, image: string): Promise<boolean>;
  /** Makes a folder and those above it, which are root's. `image` is any that is on this machine; it is never run. */
  makeFolder(id: string, folder: FileSystemFolder, image: string): Promise<void>;
}

export interface FileSystemFolder {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** Docker's name of the volume that is a file system. */
export function fileSystemVolume({ value }: Settings["label"], id: string): string {
  return `local-aws-${value}-${id}`;
}

export function createFileSystems({
  docker,
  settings: { label },
}: Pick<Platform, "docker" | "settings">): FileSystems {
  const labels = { [label.key]: label.value, "local-aws.service": "efs" };
  const within = <T>(id: string, image: string, act: (container: Container) => Promise<T>) =>
    withVolume({ docker, volume: fileSystemVolume(label, id), image, labels }, act);
  return {
    create: async (id) => {
      await docker.createVolume({ Name: fileSystemVolume(label, id), Labels: labels });
    },
    remove: (id) => removeVolume(docker, fileSystemVolume(label, id)),
    hasFolder: (id, path, image) => within(id, image, (container) => container.hasPath(`${root}${path}`)),
    makeFolder: (id, folder, image) =>
      within(id, image, async (container) => {
        await container.putArchive(tarOf(withParents(folder)), { path: root });
      }),
  };
}

/** Where the volume is mounted in the container that nobody starts. */
const root = "/file-system";

/** Puts files into a volume; `image` is any that is on this machine. */
export async function fillVolume(mounted: Mounted, files: readonly TarFile[]): Promise<void> {
  await withVolume(mounted, async (container) => {
    await container.putArchive(tarOf(files), { path: root });
  });
}

/** Docker reads and writes the volumes of a container that was never started, with owners and modes. */
async function withVolume<T>(
  { docker, volume, image, labels }: Mounted,
  act: (container: Container) => Promise<T>,
): Promise<T> {
  const container = await docker.createContainer({
    Image: image,
    Labels: { ...labels },
    Entrypoint: ["/none"],
    HostConfig: { NetworkMode: "none", Mounts: [{ Type: "volume", Source: volume, Target: root }] },
  });
  try {
    return await act(container);
  } finally {
    await container.remove();
  }
}

interface Mounted {
  readonly docker: Engine;
  readonly volume: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
}

function withParents({ path, ...owner }: FileSystemFolder) {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.map((_part, index) => {
    const isLast = index === parts.length - 1;
    const own = isLast ? owner : { uid: 0, gid: 0, mode: 0o755 };
    return { path: `/${parts.slice(0, index + 1).join("/")}`, ...own };
  });
}
