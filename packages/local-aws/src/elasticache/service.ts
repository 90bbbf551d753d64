import { type Taggable, taggedIn, tagOperations } from "../database-services/tags.ts";
import type { Platform } from "../platform.ts";
import { type OwnService, ServiceError } from "../service.ts";
import { type Caches, createCaches } from "./caches.ts";
import { clusterOperations, openClusters, restClusters, resumeClusters } from "./clusters.ts";
import { createMemcached, type Memcached } from "./memcached.ts";
import { groupOf, parameterGroupOperations } from "./parameter-groups.ts";
import { replicationGroupOperations } from "./replication-groups.ts";
import { bringUp, openRoom, type Room, removeGroup } from "./room.ts";
import { type CacheState, emptyState } from "./state.ts";
import { subnetGroupOperations } from "./subnet-groups.ts";

const taggable: Taggable<keyof CacheState> = {
  kinds: ["groups", "clusters", "subnetGroups", "parameterGroups"],
  defaults: /:parametergroup:default\./,
  unknown: (arn) => new ServiceError("InvalidARN", `${arn} names nothing here`),
};

/** ElastiCache: a Valkey or Redis server for each member of a group, and memcached's clusters, as containers on their VPC's network. */
export async function createElastiCache(
  platform: Platform,
  caches: Caches = createCaches(platform),
  memcached: Memcached = createMemcached(platform),
): Promise<OwnService> {
  const store = await platform.store("elasticache", emptyState);
  // What an earlier version wrote knows no clusters.
  if (!("clusters" in store.get())) await store.update((state) => ({ ...emptyState, ...state }));
  const room = openRoom({
    store,
    caches,
    ec2: platform.aws.ec2,
    clock: platform.clock,
    log: platform.log,
  });
  const clusters = openClusters({ ...room, memcached });
  return {
    model: "elasticache",
    moto: false,
    operations: {
      ...replicationGroupOperations(room),
      ...clusterOperations(clusters),
      ...subnetGroupOperations(room.subnetGroups),
      ...parameterGroupOperations({ store: room.store, apply: (group) => applyToMembers(room, group) }),
      ...tagOperations(room.store, taggable),
    },
    tagged: () => taggedIn(room.store.get(), taggable),
    start: async () => {
      resumeClusters(clusters);
      await resume(room);
    },
    stop: async () => {
      await Promise.all([rest(room), restClusters(clusters)]);
    },
  };
}

function applyToMembers(room: Room, groupArn: string): void {
  for (const { arn, parameterGroup } of Object.values(room.store.get().groups)) {
    if (parameterGroup !== groupArn) continue;
    void room.work.enqueue(arn, async (group) => {
      if (group.status === "available") await room.caches.apply(group, groupOf(room.store.get(), groupArn));
    });
  }
}

/** What ran at the last stop runs again; what was being deleted goes. Each by itself: the others need not wait. */
async function resume(room: Room): Promise<void> {
  for (const { arn } of Object.values(room.store.get().groups)) {
    void room.work.enqueue(arn, async (group) => {
      if (group.status === "create-failed") return;
      await (group.status === "deleting" ? removeGroup(room, group) : bringUp(room, group));
    });
  }
}

async function rest(room: Room): Promise<void> {
  const groups = Object.values(room.store.get().groups);
  await Promise.all(
    groups.map(async (group) => {
      await room.work.settled(group.arn);
      await room.caches.stop(group);
    }),
  );
}
