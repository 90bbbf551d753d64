import type { EC2 } from "@aws-sdk/client-ec2";
import type { Clock, Log, Store } from "../platform.ts";
import type { Caches } from "./caches.ts";
import { groupOf } from "./parameter-groups.ts";
import type { CacheState, ReplicationGroup } from "./state.ts";

/** What every part of this room works on. */
export interface Room {
  readonly store: Store<CacheState>;
  readonly caches: Caches;
  readonly ec2: EC2;
  readonly clock: Clock;
  readonly log: Log;
  /** The last work on each group, by ARN: one after the other. */
  readonly work: Map<string, Promise<void>>;
}

/** Replaces members of a group, where it is still there. */
export async function updateGroup(room: Room, arn: string, change: Partial<ReplicationGroup>): Promise<void> {
  await room.store.update((state) => {
    const group = state.groups[arn];
    if (group === undefined) return state;
    return { ...state, groups: { ...state.groups, [arn]: { ...group, ...change } } };
  });
}

/** Does work on a group after all that was asked before; when it fails the group says so, and the log why. */
export function enqueue(
  room: Room,
  arn: string,
  work: (group: ReplicationGroup) => Promise<void>,
): Promise<void> {
  const run = async (): Promise<void> => {
    const group = room.store.get().groups[arn];
    if (group === undefined) return;
    try {
      await work(group);
    } catch (error) {
      room.log.warn(`replication group ${group.id} failed`, { error });
      await updateGroup(room, arn, { status: "create-failed" });
    }
  };
  const turn = (room.work.get(arn) ?? Promise.resolve()).then(run);
  room.work.set(arn, turn);
  return turn;
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
  await room.store.update((state) => {
    const { [group.arn]: _gone, ...groups } = state.groups;
    return { ...state, groups };
  });
}
