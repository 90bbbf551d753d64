import { join } from "node:path";
import type { Platform } from "../platform.ts";
import type { Operation, OwnService } from "../service.ts";
import { openBlobs } from "./blobs.ts";
import { expireHourly } from "./expiry.ts";
import { imageOperations } from "./image-operations.ts";
import { policyOperations } from "./policy-operations.ts";
import { registryPlane } from "./registry.ts";
import { repositoryOperations } from "./repository-operations.ts";
import type { Room } from "./room.ts";
import { emptyState } from "./state.ts";
import { newToken } from "./token.ts";

const twelveHours = 12 * 3600 * 1000;

/** ECR: its API, and the registry to which `docker push localhost:<port>/<repository>` speaks. */
export async function createEcr(platform: Platform): Promise<OwnService> {
  const room: Room = {
    store: await platform.store("ecr", emptyState),
    blobs: await openBlobs(join(platform.settings.folder, "ecr")),
    clock: platform.clock,
    log: platform.log,
    settings: platform.settings,
  };
  let endExpiry = (): void => {};
  return {
    model: "ecr",
    moto: false,
    operations: {
      ...repositoryOperations(room),
      ...policyOperations(room),
      ...imageOperations(room),
      ...authorization(room),
    },
    tagged: () => Object.values(room.store.get().repositories),
    planes: [registryPlane(room)],
    start: async () => {
      endExpiry = expireHourly(room);
    },
    stop: async () => endExpiry(),
  };
}

function authorization(room: Room): Readonly<Record<string, Operation>> {
  return {
    GetAuthorizationToken: async () => {
      const expiresAt = new Date(room.clock.now().getTime() + twelveHours);
      const authorizationToken = newToken();
      const proxyEndpoint = `http://localhost:${room.settings.port}`;
      return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint }] };
    },
  };
}
