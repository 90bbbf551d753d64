import type { DescribeDBSnapshotsMessage, Tag } from "@aws-sdk/client-rds";
import { alreadyExists, notFound } from "../database-services/errors.ts";
import type { Tags } from "../database-services/tags.ts";
import { tagRecord } from "../database-services/tags.ts";
import { type Call, type Operation, ServiceError } from "../service.ts";
import { describeSnapshot } from "./describe.ts";
import { instanceNamed } from "./instance-named.ts";
import { arnOf } from "./names.ts";
import { type Room, updateInstance } from "./room.ts";
import type { Instance, RdsState, Snapshot } from "./state.ts";

interface CreateInput {
  readonly DBSnapshotIdentifier: string;
  readonly DBInstanceIdentifier: string;
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSnapshot.html */
export function snapshotOperations(room: Room): Readonly<Record<string, Operation>> {
  return {
    CreateDBSnapshot: async (input: CreateInput, call) => {
      const instance = instanceNamed(room.store.get(), input.DBInstanceIdentifier, call);
      if (instance.status !== "available" && instance.status !== "stopped") {
        throw new ServiceError(
          "InvalidDBInstanceState",
          `Cannot create a snapshot because the database instance ${instance.id} is not currently in the available state.`,
        );
      }
      const snapshot = await takeSnapshot(
        room,
        { id: input.DBSnapshotIdentifier, instance, tags: tagRecord(input.Tags) },
        call,
      );
      return { DBSnapshot: describeSnapshot(snapshot) };
    },
    DescribeDBSnapshots: async (input: DescribeDBSnapshotsMessage, call) => ({
      DBSnapshots: found(room.store.get(), input, call).map(describeSnapshot),
    }),
    DeleteDBSnapshot: async (input: { DBSnapshotIdentifier: string }, call) => {
      const snapshot = snapshotNamed(room.store.get(), input.DBSnapshotIdentifier, call);
      await room.databases.forget(volumeOf(snapshot));
      await room.store.update((state) => {
        const { [snapshot.arn]: _gone, ...snapshots } = state.snapshots;
        return { ...state, snapshots };
      });
      return { DBSnapshot: describeSnapshot({ ...snapshot, status: "deleting" }) };
    },
  };
}

/** Records a snapshot and copies the data once the instance's earlier work is done. */
export async function takeSnapshot(
  room: Room,
  request: { readonly id: string; readonly instance: Instance; readonly tags: Tags },
  call: Call,
): Promise<Snapshot> {
  const { instance, id } = request;
  const snapshot: Snapshot = {
    arn: arnOf(call, "snapshot", id),
    id: id.toLowerCase(),
    status: "creating",
    type: "manual",
    createdAt: room.clock.now().toISOString(),
    instance,
    vpcId: room.store.get().subnetGroups[instance.subnetGroup]?.vpcId,
    tags: { ...(instance.recorded.CopyTagsToSnapshot === true ? instance.tags : {}), ...request.tags },
  };
  await room.store.update((state) => withNew(state, snapshot));
  const { status } = instance;
  if (status === "available") await updateInstance(room, instance.arn, { status: "backing-up" });
  void room.work.enqueue(instance.arn, async (current) => {
    await room.databases.save(current, volumeOf(snapshot)).catch(async (error: unknown) => {
      await setStatus(room, snapshot, "failed");
      throw error;
    });
    await setStatus(room, snapshot, "available");
    if (current.status === "backing-up") await updateInstance(room, current.arn, { status });
  });
  return snapshot;
}

/** @throws ServiceError DBSnapshotNotFound */
export function snapshotNamed(state: RdsState, name: string, call: Call): Snapshot {
  const snapshot = state.snapshots[name] ?? state.snapshots[arnOf(call, "snapshot", name)];
  if (snapshot === undefined) throw notFound("DBSnapshotNotFound", "DBSnapshot", name);
  return snapshot;
}

/** The snapshot's volume: its name may be given again, its moment and instance not. */
export function volumeOf({ id, createdAt, instance }: Snapshot): string {
  return `snapshot-${id}-${instance.resourceId}-${Date.parse(createdAt)}`;
}

function withNew(state: RdsState, snapshot: Snapshot): RdsState {
  if (state.snapshots[snapshot.arn] === undefined) {
    return { ...state, snapshots: { ...state.snapshots, [snapshot.arn]: snapshot } };
  }
  throw alreadyExists(
    "DBSnapshotAlreadyExists",
    "Cannot create the snapshot because one with the identifier",
    snapshot.id,
  );
}

async function setStatus(room: Room, { arn }: Snapshot, status: Snapshot["status"]): Promise<void> {
  await room.store.update((state) => {
    const snapshot = state.snapshots[arn];
    if (snapshot === undefined) return state;
    return { ...state, snapshots: { ...state.snapshots, [arn]: { ...snapshot, status } } };
  });
}

function found(state: RdsState, input: DescribeDBSnapshotsMessage, call: Call): readonly Snapshot[] {
  if (input.DBSnapshotIdentifier !== undefined)
    return [snapshotNamed(state, input.DBSnapshotIdentifier, call)];
  const prefix = arnOf(call, "snapshot", "");
  return Object.values(state.snapshots).filter(
    (one) =>
      one.arn.startsWith(prefix) &&
      (input.DBInstanceIdentifier ?? one.instance.id) === one.instance.id &&
      (input.SnapshotType ?? one.type) === one.type,
  );
}
