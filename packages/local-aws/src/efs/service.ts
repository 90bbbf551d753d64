import { createFileSystems } from "../docker/file-systems.ts";
import type { Platform } from "../platform.ts";
import type { OwnService } from "../service.ts";
import { accessPointOperations } from "./access-points.ts";
import { fileSystemOperations } from "./file-systems.ts";
import { mountTargetOperations } from "./mount-targets.ts";
import { policyOperations } from "./policies.ts";
import type { Room, Storage } from "./room.ts";
import { emptyState } from "./state.ts";
import { tagOperations } from "./tags.ts";

/** Elastic File System: file systems that ECS mounts into its tasks' containers. */
export async function createEfs(
  platform: Platform,
  storage: Storage = createFileSystems(platform),
): Promise<OwnService> {
  const store = await platform.store("efs", emptyState);
  const room: Room = { store, storage, ec2: platform.aws.ec2, clock: platform.clock };
  return {
    model: "efs",
    moto: false,
    operations: {
      ...fileSystemOperations(room),
      ...mountTargetOperations(room),
      ...accessPointOperations(room),
      ...policyOperations(room),
      ...tagOperations(store),
    },
    tagged: () => {
      const { fileSystems, accessPoints } = store.get();
      return [...Object.values(fileSystems), ...Object.values(accessPoints)];
    },
  };
}
