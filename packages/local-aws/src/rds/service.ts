import { invalidValue } from "../database-services/errors.ts";
import { type Taggable, taggedIn, tagOperations } from "../database-services/tags.ts";
import type { Platform } from "../platform.ts";
import type { OwnService } from "../service.ts";
import { catalogueOperations } from "./catalogue.ts";
import { createDatabases, type Databases } from "./databases.ts";
import { instanceOperations } from "./instances.ts";
import { groupOf, parameterGroupOperations } from "./parameter-groups.ts";
import { restoreOperations } from "./restore.ts";
import { bringUp, openRoom, type Room, removeInstance, updateInstance } from "./room.ts";
import { snapshotOperations } from "./snapshots.ts";
import { emptyState, type Instance, type RdsState } from "./state.ts";
import { subnetGroupOperations } from "./subnet-groups.ts";

const taggable: Taggable<keyof RdsState> = {
  kinds: ["instances", "snapshots", "subnetGroups", "parameterGroups"],
  defaults: /:(pg|og):default[.:]/,
  unknown: (arn) => invalidValue(`Invalid resource name: ${arn}`),
};

/** RDS: each DB instance is a server in a container on its VPC's network. */
export async function createRds(
  platform: Platform,
  databases: Databases = createDatabases(platform),
): Promise<OwnService> {
  const room = openRoom({
    store: await platform.store("rds", emptyState),
    databases,
    ec2: platform.aws.ec2,
    clock: platform.clock,
    log: platform.log,
  });
  return {
    model: "rds",
    moto: false,
    operations: {
      ...instanceOperations(room),
      ...snapshotOperations(room),
      ...restoreOperations(room),
      ...subnetGroupOperations(room.subnetGroups),
      ...parameterGroupOperations({ store: room.store, apply: (group) => reloadMembers(room, group) }),
      ...tagOperations(room.store, taggable),
      ...catalogueOperations(),
    },
    tagged: () => taggedIn(room.store.get(), taggable),
    start: () => resume(room),
    stop: () => rest(room),
  };
}

/** Settings that a server takes up while it runs take effect at once, the others at the next reboot, as on AWS. */
function reloadMembers(room: Room, groupArn: string): void {
  for (const { arn, parameterGroup } of Object.values(room.store.get().instances)) {
    if (parameterGroup !== groupArn) continue;
    void room.work.enqueue(arn, async (instance) => {
      if (instance.status !== "available") return;
      await room.databases.reload(instance, groupOf(room.store.get(), groupArn));
    });
  }
}

/** What ran at the last stop runs again; what was being deleted goes. Each by itself: the others need not wait. */
async function resume(room: Room): Promise<void> {
  for (const { arn } of Object.values(room.store.get().instances))
    void room.work.enqueue(arn, (one) => again(room, one));
}

async function again(room: Room, instance: Instance): Promise<void> {
  if (instance.status === "failed") return;
  if (instance.status === "stopped" || instance.status === "stopping") {
    return updateInstance(room, instance.arn, { status: "stopped" });
  }
  if (instance.status !== "deleting") {
    if (instance.status !== "creating") await updateInstance(room, instance.arn, { status: "starting" });
    return bringUp(room, instance);
  }
  await removeInstance(room, instance);
}

async function rest(room: Room): Promise<void> {
  const instances = Object.values(room.store.get().instances);
  await Promise.all(
    instances.map(async (instance) => {
      await room.work.settled(instance.arn);
      await room.databases.stop(instance);
    }),
  );
}
