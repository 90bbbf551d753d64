import { totalmem } from "node:os";
import type { Platform } from "../platform.ts";
import type { Operation, OwnService, TaskDoors } from "../service.ts";
import { accountSettingOperations } from "./account-settings.ts";
import { type Agent, createAgent } from "./agent/agent.ts";
import { ensureAuthorities } from "./agent/authorities.ts";
import { type HealthWatch, watchHealth } from "./agent/health-watch.ts";
import { killTasks } from "./agent/kill-tasks.ts";
import { clearLeftovers } from "./agent/leftovers.ts";
import { ensurePauseImage } from "./agent/pause-image.ts";
import type { World } from "./agent/world.ts";
import { arnsOf } from "./arns.ts";
import { capacityProviderOperations } from "./clusters/capacity-providers.ts";
import { clusterOperations } from "./clusters/operations.ts";
import { createAdmission } from "./connect/admission.ts";
import { createRegistrar } from "./connect/registrar.ts";
import { createLookup } from "./connect/resolver.ts";
import { createCredentials } from "./metadata/credentials.ts";
import { metadataPlane } from "./metadata/plane.ts";
import type { Site } from "./scheduler/apply.ts";
import { createScheduler } from "./scheduler/loop.ts";
import type { Pulse } from "./scheduler/pulse.ts";
import { serviceOperations } from "./services/operations.ts";
import { type EcsStore, emptyState } from "./state.ts";
import { taggedIn, tagOperations } from "./tags.ts";
import { taskDefinitionOperations } from "./task-definitions/operations.ts";
import { taskOperations } from "./tasks/operations.ts";

/**
 * Elastic Container Service on Docker: each task is a pause container that holds its network namespace, and the
 * task definition's containers in it. Its state is in the store `ecs`; tasks do not outlive a stop, services do.
 */
export async function createEcs(platform: Platform, doors: TaskDoors): Promise<OwnService> {
  const store = await platform.store("ecs", emptyState);
  const arns = arnsOf(platform.settings);
  const credentials = createCredentials(platform.aws.sts, platform.clock);
  const pauseImage = once(() => ensurePauseImage(platform.docker));
  const health = watchHealth(platform);
  const world: World = {
    platform,
    store,
    openDoor: (task, socket) => doors.open(socket, metadataPlane(platform.docker, store, credentials, task)),
    credentials,
    health,
    authorities: once(async () => ensureAuthorities(platform, await pauseImage())),
    pauseImage,
    admission: createAdmission(platform.aws, platform.clock),
    lookup: createLookup(platform.aws, platform.clock),
    changed: () => {
      scheduler.wake();
      registrar.wake();
    },
  };
  const registrar = createRegistrar(platform, store);
  const agent = createAgent(world);
  const capacity = { memory: totalmem() / 2 ** 20 };
  const scheduler = createScheduler(platform, store, { arns, capacity }, agent);
  return {
    model: "ecs",
    moto: false,
    operations: operationsOf(platform, store, { arns, capacity }, agent, scheduler),
    tagged: () => taggedIn(store.get()),
    kill: (casualty) => killTasks(platform.docker, store, casualty),
    start: async () => {
      await clearLeftovers(platform, store);
      scheduler.start();
      registrar.start();
      // The first task would wait for it; it fails with the reason if this did.
      world.pauseImage().catch((error: unknown) => platform.log.warn("no pause image yet", { error }));
    },
    stop: () => shutDown([scheduler, registrar], agent, health),
  };
}

function operationsOf(
  platform: Platform,
  store: EcsStore,
  site: Site,
  agent: Agent,
  { wake }: Pulse,
): Readonly<Record<string, Operation>> {
  const { arns } = site;
  return {
    ...clusterOperations(store, arns),
    ...capacityProviderOperations(arns),
    ...taskDefinitionOperations(platform, store, arns),
    ...serviceOperations({ platform, store, arns, wake }),
    ...taskOperations(platform, store, site, agent),
    ...tagOperations(store),
    ...accountSettingOperations(platform, store),
  };
}

async function shutDown(pulses: readonly Pulse[], agent: Agent, health: HealthWatch): Promise<void> {
  for (const pulse of pulses) await pulse.stop();
  await agent.close();
  health.close();
}

/** Runs once for all who ask; after a failure the next one asks again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
