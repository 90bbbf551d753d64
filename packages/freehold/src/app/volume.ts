import type { ContainerService } from "./application.ts";

/** Names of the volumes it writes to, each once. */
export function writtenVolumes({ mounts }: Pick<ContainerService, "mounts">): readonly string[] {
  return [...new Set(mounts.filter((mount) => !mount.readOnly).map((mount) => mount.volume))];
}

/**
 * Whether a release stops its task before it starts the next: two tasks that write to one folder may each destroy what the
 * other has written. The user knows when a program can share (`shared: true`).
 */
export function stopsFirst(service: Pick<ContainerService, "mounts" | "shared">): boolean {
  return service.shared !== true && writtenVolumes(service).length > 0;
}
