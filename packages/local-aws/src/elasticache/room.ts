import type { EC2 } from "@aws-sdk/client-ec2";
import { withChange, withoutThing } from "../database-services/shelf.ts";
import { createSubnetGroups, type SubnetGroups } from "../database-services/subnet-groups.ts";
import { createWork, type Work } from "../database-services/work.ts";
import type { Clock, Log, Store } from "../platform.ts";
import type { Caches } from "./caches.ts";
import { groupOf } from "./parameter-groups.ts";
import type { CacheState, ReplicationGroup } from "./state.ts";
import { subnetGroupKind } from "./subnet-groups.ts";

/** What every part of this room works on. */
export interface Room {
  readonly store: Store<CacheState>;
  readonly caches: Caches;
  readonly subnetGroups: SubnetGroups;
  readonly clock: Clock;
  readonly log: Log;
  readonly work: Work<ReplicationGroup>;
}

type Stands = Omit<Room, "subnetGroups" | "work"> & { readonly ec2: EC2 };

/** When work on a group fails, the group says so, and the log why. */
export function openRoom({ ec2, ...stands }: Stands): Room {
  const { store, log } = stands;
  const subnetGroups = createSubnetGroups({ store, ec2 }, subnetGroupKind);
  const failed = async ({ arn, id }: ReplicationGroup, error: unknown): Promise<void> => {
    log.warn(`replication group ${id} failed`, { error });
    await updateGroup(stands, arn, { status: "create-failed" });
  };
  return { ...stands, subnetGroups, work: createWork((arn) => store.get().groups[arn], failed) };
}

/** Replaces members of a group, where it is still there. */
export async function updateGroup(
  { store }: Pick<Room, "store">,
  arn: string,
  change: Partial<ReplicationGroup>,
): Promise<void> {
  await store.update((state) => withChange(state, "groups", arn, change));
}

/** Starts the servers and says that the group is available. */
export async function bringUp(room: Room, group: ReplicationGroup): Promise<void> {
  const state = room.store.get();
  const [subnet] = state.subnetGroups[group.subnetGroup]?.subnets ?? [];
  await room.caches.start(group, groupOf(state, group.parameterGroup), subnet?.id ?? "");
  await updateGroup(room, group.arn, { status: "available" });
}

/** Ends a group with its data, and forgets it. */
export async function removeGroup(room: Room, group: ReplicationGroup): Promise<void> {
  await room.caches.remove(group);
  await room.store.update((state) => withoutThing(state, "groups", group.arn));
}
