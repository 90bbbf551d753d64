import { randomBytes } from "node:crypto";
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
import { signToken } from "./token.ts";

const twelveHours = 12 * 3600 * 1000;

/** ECR: its API, and the registry to which `docker push localhost:<port>/<repository>` speaks. */
export async function createEcr(platform: Platform): Promise<OwnService> {
  const room: Room = {
    store: await platform.store("ecr", emptyState),
    blobs: await openBlobs(join(platform.settings.folder, "ecr")),
    clock: platform.clock,
    log: platform.log,
    settings: platform.settings,
    secret: await tokenSecret(platform),
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
    planes: [registryPlane(room)],
    start: async () => {
      endExpiry = expireHourly(room);
    },
    stop: async () => endExpiry(),
  };
}

async function tokenSecret(platform: Platform): Promise<string> {
  const store = await platform.store<{ readonly secret?: string }>("ecr-token", {});
  const { secret } = store.get();
  if (secret !== undefined) return secret;
  const fresh = randomBytes(32).toString("hex");
  await store.update(() => ({ secret: fresh }));
  return fresh;
}

function authorization(room: Room): Readonly<Record<string, Operation>> {
  return {
    GetAuthorizationToken: async () => {
      const expiresAt = new Date(room.clock.now().getTime() + twelveHours);
      const authorizationToken = Buffer.from(`AWS:${signToken(room.secret, expiresAt)}`).toString("base64");
      const proxyEndpoint = `http://localhost:${room.settings.port}`;
      return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint }] };
    },
  };
}
